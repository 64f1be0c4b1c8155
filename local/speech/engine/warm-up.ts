import type { Espeak } from "./espeak.ts";
import { neutralSound } from "../voice/voice-sound.ts";

/** Speaks once to nobody, so that the first caller does not wait for the compiler. */
export function warmUp(espeak: Espeak): void {
  espeak.speak({ markup: "Good morning, everybody.", language: "en-us", sound: neutralSound }, () => false);
}
