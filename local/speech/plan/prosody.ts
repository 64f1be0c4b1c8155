import { parsePitch, parseRate, parseVolume } from "../ssml/prosody-values.ts";
import type { SpeakingStyle } from "./plan-builder.ts";

/** What the service's voices can do, relative to their normal way. */
const RATE_LIMITS = { low: 0.5, high: 2 };
const PITCH_LIMITS = { low: 0.5, high: 1.5 };

/** The style below a `prosody` element whose values have been checked. */
export function changeProsody(style: SpeakingStyle, attributes: ReadonlyMap<string, string>): SpeakingStyle {
  const { prosody, gain, sound } = style;
  const medianHz = (sound.pitchBaseHz + sound.pitchTopHz) / 2;
  const factor = (name: string, parse: (value: string) => number | undefined): number =>
    parse(attributes.get(name) ?? "default") ?? 1;
  return {
    ...style,
    prosody: {
      ...prosody,
      rate: clamp(prosody.rate * factor("rate", parseRate), RATE_LIMITS),
      pitch: clamp(prosody.pitch * factor("pitch", (value) => parsePitch(value, medianHz)), PITCH_LIMITS),
      range: prosody.range * factor("range", (value) => parsePitch(value, medianHz)),
    },
    gain: gain * factor("volume", parseVolume),
  };
}

function clamp(value: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.max(low, Math.min(high, value));
}
