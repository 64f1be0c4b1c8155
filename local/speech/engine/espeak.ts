import loadEspeak from "@echogarden/espeak-ng-emscripten";
import type { EspeakEvent, EspeakModule, EspeakWorker } from "@echogarden/espeak-ng-emscripten";
import type { VoiceSound } from "../voice/voice-sound.ts";
import { variantFile } from "./variant-file.ts";

export const ESPEAK_SAMPLE_RATE_HZ = 22_050;

/** Close to the pace of the service's own voices. */
const WORDS_PER_MINUTE = 165;
const VARIANTS_PATH = "/usr/share/espeak-ng-data/voices/!v";
/** Voice files kept in memory; beyond it the oldest names are written anew. */
const MAX_VARIANTS = 500;
const NO_SAMPLES = new Int16Array(0);

export interface Utterance {
  /** SSML in eSpeak's dialect, without the `speak` element. */
  readonly markup: string;
  /** Name of an eSpeak language. */
  readonly language: string;
  readonly sound: VoiceSound;
}

/** Hears samples at {@link ESPEAK_SAMPLE_RATE_HZ} while they are made; returning true ends the utterance. */
export type AudioListener = (samples: Int16Array, events: readonly EspeakEvent[]) => boolean;

/** eSpeak NG in WebAssembly. It speaks synchronously: keep it in a thread of its own. */
export class Espeak {
  readonly #module: EspeakModule;
  readonly #engine: EspeakWorker;
  readonly #variants = new Map<string, string>();

  private constructor(module: EspeakModule, engine: EspeakWorker) {
    this.#module = module;
    this.#engine = engine;
  }

  static async load(): Promise<Espeak> {
    const module = await loadEspeak();
    return new Espeak(module, await new module.eSpeakNGWorker());
  }

  /** @throws Error when eSpeak has no such language. */
  speak({ markup, language, sound }: Utterance, listener: AudioListener): void {
    if (this.#engine.set_voice(`${language}+${this.#variantOf(sound)}`) !== 0) {
      throw new Error(`eSpeak NG has no language ${language}.`);
    }
    this.#engine.set_rate(WORDS_PER_MINUTE);
    this.#engine.set_pitch(50);
    this.#engine.set_range(50);
    this.#engine.synthesize(`<speak>${markup}</speak>`, (samples, events) =>
      listener(samples ?? NO_SAMPLES, events),
    );
  }

  #variantOf(sound: VoiceSound): string {
    const { bandGainsDb: _, ...heard } = sound;
    const key = JSON.stringify(heard);
    const known = this.#variants.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#variants.size >= MAX_VARIANTS) {
      this.#variants.clear();
    }
    const name = `sound${this.#variants.size}`;
    this.#module.FS.writeFile(`${VARIANTS_PATH}/${name}`, variantFile(name, sound));
    this.#variants.set(key, name);
    return name;
  }
}
