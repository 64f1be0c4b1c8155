import type { RecordingInspector } from "../../application/ports/recording-inspector.ts";
import { inspectMp3 } from "./inspect-mp3.ts";
import { inspectWav } from "./inspect-wav.ts";
import { findWavStart } from "./wav-stream.ts";

/** Tags before the samples of a WAV file are smaller than this. */
const MAX_HEADER_BYTES = 256 * 1024;

/** {@link RecordingInspector} that decodes WAV (PCM) by itself and MP3 with mpg123. */
export const decodingRecordingInspector: RecordingInspector = {
  async inspect(recording) {
    const chunks = recording[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    for (;;) {
      const start = findWavStart(head);
      if (start === undefined) {
        return inspectMp3(resumed(head, chunks));
      }
      if (start !== "more") {
        return inspectWav(start, resumed(head.subarray(start.dataOffset), chunks));
      }
      const next = await chunks.next();
      if (next.done === true || head.length > MAX_HEADER_BYTES) {
        await chunks.return?.();
        return undefined;
      }
      head = Buffer.concat([head, next.value]);
    }
  },
};

async function* resumed(
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}
