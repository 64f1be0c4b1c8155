import type {
  SpeechEvent,
  SpeechSynthesizer,
  SynthesisRequest,
} from "../../src/application/ports/speech-synthesizer.ts";

export interface RecordingSynthesizer extends SpeechSynthesizer {
  readonly requests: readonly SynthesisRequest[];
  /** How many upstream calls were given up before their end. */
  readonly hangUps: () => number;
}

/**
 * Remembers what it is asked for and answers each call with the given events; an error among them ends that call.
 *
 * @param script events of call number `index`.
 */
export function recordingSynthesizer(
  script: (request: SynthesisRequest, index: number) => readonly (SpeechEvent | Error)[],
): RecordingSynthesizer {
  const requests: SynthesisRequest[] = [];
  let hangUps = 0;
  async function* play(request: SynthesisRequest, signal: AbortSignal) {
    requests.push(request);
    let isComplete = false;
    try {
      for (const event of script(request, requests.length - 1)) {
        await Promise.resolve();
        signal.throwIfAborted();
        if (event instanceof Error) {
          throw event;
        }
        yield event;
      }
      isComplete = true;
    } finally {
      hangUps += isComplete ? 0 : 1;
    }
  }
  return {
    requests,
    hangUps: () => hangUps,
    async synthesize(request, signal) {
      const events = play(request, signal);
      const first = await events.next();
      return ReadableStream.from(audioOf(first, events));
    },
    synthesizeWithEvents: play,
  };
}

async function* audioOf(first: IteratorResult<SpeechEvent, void>, rest: AsyncGenerator<SpeechEvent, void>) {
  try {
    for (let result = first; result.done !== true; result = await rest.next()) {
      if (result.value.kind === "audio") {
        yield result.value.bytes;
      }
    }
  } finally {
    await rest.return();
  }
}

/** `durationMs` of silence as 16-bit samples of 24 kHz. */
export function silence(durationMs: number): SpeechEvent {
  return { kind: "audio", bytes: new Uint8Array(durationMs * 48) };
}
