import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { FindSynthesis } from "./find-synthesis.ts";
import { sealedAudio } from "../synthesis/sealed-audio.ts";
import { audioRefOf, type SynthesisRecord } from "./synthesis-record.ts";

export interface StoredAudio {
  readonly record: SynthesisRecord;
  readonly body: ReadableStream<Uint8Array>;
  readonly sizeBytes: number;
}

/** The audio of one synthesis again. @throws {@link ServiceError} `synthesis-not-found`. */
export type ReadSynthesisAudio = (
  principal: Principal,
  id: string,
  signal: AbortSignal,
) => Promise<StoredAudio>;

export function makeReadSynthesisAudio(find: FindSynthesis, blobs: BlobStore): ReadSynthesisAudio {
  return async (principal, id, signal) => {
    const record = await find(principal, id, signal);
    const found = await blobs.read(audioRefOf(record), { signal });
    if (found === undefined) {
      throw new ServiceError("synthesis-not-found", `The audio of ${id} is not kept any more.`);
    }
    const { sizeBytes } = found.properties;
    return { record, body: sealedAudio(found.body, record, sizeBytes), sizeBytes };
  };
}
