import { resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { concatBytes } from "../../domain/speech/audio/audio-joiner.ts";
import { SEALED_BYTES, sealStart } from "../../domain/speech/audio/join-audio.ts";

export interface StreamedAudio {
  /** Azure's name. */
  readonly format: string;
  readonly durationMs: number;
}

/** Audio is stored while it comes, before its length is known: its start is completed when it is read. */
export function sealedAudio(
  body: ReadableStream<Uint8Array>,
  { format, durationMs }: StreamedAudio,
  sizeBytes: number,
): ReadableStream<Uint8Array> {
  const audioFormat = resolveAudioFormat({ format });
  let chunks: Uint8Array[] | undefined = [];
  let heldBytes = 0;
  const sealed = (held: readonly Uint8Array[]): Uint8Array => {
    const start = concatBytes(held).slice();
    sealStart(start, audioFormat, { sizeBytes, durationMs });
    return start;
  };
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (chunks === undefined) {
          controller.enqueue(chunk);
          return;
        }
        chunks.push(chunk);
        heldBytes += chunk.length;
        if (heldBytes >= SEALED_BYTES) {
          controller.enqueue(sealed(chunks));
          chunks = undefined;
        }
      },
      flush(controller) {
        if (chunks !== undefined && heldBytes > 0) {
          controller.enqueue(sealed(chunks));
        }
      },
    }),
  );
}
