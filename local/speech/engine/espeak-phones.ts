import { espeakNamesOf } from "../phonemes/ipa-phones.ts";
import type { VoiceSound } from "../voice/voice-sound.ts";
import type { Espeak } from "./espeak.ts";

const SUPRASEGMENTALS: ReadonlyMap<string, string> = new Map([
  ["ˈ", "'"],
  ["ˌ", ","],
  ["ː", ":"],
]);

interface Speaking {
  readonly language: string;
  readonly sound: VoiceSound;
}

/** Finds the sounds of a language that come nearest to IPA phones, by trying which ones eSpeak NG can make. */
export class EspeakPhones {
  readonly #espeak: Espeak;
  readonly #isSpeakable = new Map<string, boolean>();

  constructor(espeak: Espeak) {
    this.#espeak = espeak;
  }

  /** @returns eSpeak's names of the phones; without those that the language has nothing like. */
  namesOf(phones: readonly string[], speaking: Speaking): string {
    return phones.map((phone) => this.#nameOf(phone, speaking)).join("");
  }

  #nameOf(phone: string, speaking: Speaking): string {
    const mark = SUPRASEGMENTALS.get(phone);
    if (mark !== undefined) {
      return mark;
    }
    const name = espeakNamesOf(phone)?.find((candidate) => this.#canSpeak(candidate, speaking));
    if (name === undefined && phone.length > 1) {
      return this.namesOf(Array.from(phone), speaking);
    }
    return name ?? "";
  }

  #canSpeak(name: string, { language, sound }: Speaking): boolean {
    const key = `${language} ${name}`;
    const known = this.#isSpeakable.get(key);
    if (known !== undefined) {
      return known;
    }
    let isSpoken = false;
    this.#espeak.speak(
      { markup: `<phoneme alphabet="espeak" ph="${name}"></phoneme>`, language, sound },
      (_, events) => {
        isSpoken ||= events.some(({ type, id }) => type === "phoneme" && String(id ?? "").trim() !== "");
        return isSpoken;
      },
    );
    this.#isSpeakable.set(key, isSpoken);
    return isSpoken;
  }
}
