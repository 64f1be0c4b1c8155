/** The part of the engine that the stand-in uses; the package has no types of its own. */
declare module "@echogarden/espeak-ng-emscripten" {
  export interface EspeakEvent {
    readonly type: string;
    /** Milliseconds since the start of the utterance. */
    readonly audio_position: number;
    /** Name of a mark or phoneme in IPA. */
    readonly id: string | number | undefined;
  }

  export interface EspeakWorker {
    /** @returns 0 when the voice exists. */
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(percent: number): void;
    set_range(percent: number): void;
    /** Speaks synchronously. The callback ends the utterance by returning true. */
    synthesize(
      markup: string,
      onAudio: (samples: Int16Array | null, events: readonly EspeakEvent[]) => boolean,
    ): void;
  }

  export interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakWorker | Promise<EspeakWorker>;
    readonly FS: { writeFile(path: string, content: string): void };
  }

  function loadEspeak(): Promise<EspeakModule>;
  export default loadEspeak;
}
