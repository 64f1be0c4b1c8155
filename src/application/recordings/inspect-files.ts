import type { InspectedFile } from "../../domain/voice/judge-recording-set.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { RecordingInspector } from "../ports/recording-inspector.ts";

/** A file whose content is read when it is wanted. */
export interface ReadableFile {
  readonly fileName: string;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

export interface InspectionPorts {
  readonly inspector: RecordingInspector;
  readonly hasher: Hasher;
}

/** Files that are read at the same time. */
const AT_ONCE = 4;

/** Decodes and hashes files in their order, few at a time, each in bounded memory. */
export async function inspectFiles(
  ports: InspectionPorts,
  files: readonly ReadableFile[],
): Promise<readonly InspectedFile[]> {
  const inspected: InspectedFile[] = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const batch = files.slice(start, start + AT_ONCE);
    inspected.push(...(await Promise.all(batch.map((file) => inspectFile(ports, file)))));
  }
  return inspected;
}

/** A file that is in memory already. */
export function heldFile({ fileName, bytes }: AudioFile): ReadableFile {
  return { fileName, open: async () => oneChunk(bytes) };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

async function inspectFile(
  { inspector, hasher }: InspectionPorts,
  file: ReadableFile,
): Promise<InspectedFile> {
  const hash = hasher.sha256();
  const facts = await inspector.inspect(hashed(await file.open(), hash.update));
  return { fileName: file.fileName, facts, sha256: hash.hex() };
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  update: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of chunks) {
    update(chunk);
    yield chunk;
  }
}
