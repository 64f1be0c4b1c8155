import type { Principal } from "../../domain/access/principal.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { FindSynthesis } from "./find-synthesis.ts";
import { audioRefOf, type SynthesisCollection, timingsRefOf } from "./synthesis-record.ts";

/** Removes audio, timings and then the entry. @throws {@link ServiceError} `synthesis-not-found`. */
export type DeleteSynthesis = (principal: Principal, id: string, signal: AbortSignal) => Promise<void>;

export function makeDeleteSynthesis(
  find: FindSynthesis,
  records: SynthesisCollection,
  blobs: BlobStore,
): DeleteSynthesis {
  return async (principal, id, signal) => {
    const record = await find(principal, id, signal);
    await Promise.all([blobs.delete(audioRefOf(record)), blobs.delete(timingsRefOf(record))]);
    await records.delete(record.partition, record.id);
  };
}
