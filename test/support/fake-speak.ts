import { UnspeakableError } from "../../local/stand-in/speak.ts";
import type { Speak, SpeakRequest } from "../../local/stand-in/speak.ts";

export interface RecordingSpeak {
  readonly speak: Speak;
  readonly requests: readonly SpeakRequest[];
}

/** Speaks two chunks of 1 s; a document with `<bad>` is refused. */
export function recordingSpeak(): RecordingSpeak {
  const requests: SpeakRequest[] = [];
  return {
    requests,
    async *speak(request) {
      requests.push(request);
      if (request.ssml.includes("<bad")) {
        throw new UnspeakableError("Unsupported voice bad.");
      }
      yield { kind: "audio", bytes: Buffer.from("first ") };
      yield { kind: "sentence", text: "Hello you.", startMs: 50, durationMs: 900 };
      yield { kind: "word", text: "Hello", startMs: 50, durationMs: 400.4 };
      yield { kind: "word", text: "you", startMs: 500, durationMs: 400 };
      yield { kind: "punctuation", text: ".", startMs: 900, durationMs: 50 };
      yield { kind: "audio", bytes: Buffer.from("second") };
      yield { kind: "end", durationMs: 1000 };
    },
  };
}
