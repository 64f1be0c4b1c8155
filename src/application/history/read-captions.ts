import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { captionCues } from "../../domain/speech/captions/caption-cue.ts";
import { type CaptionFormat, writeCaptions } from "../../domain/speech/captions/write-captions.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { FindSynthesis } from "./find-synthesis.ts";
import { timingsRefOf } from "./synthesis-record.ts";
import { timingsFromJson } from "./timings-json.ts";

/** The captions of one synthesis. @throws {@link ServiceError} `synthesis-not-found`. */
export type ReadCaptions = (
  principal: Principal,
  query: { readonly id: string; readonly format: CaptionFormat },
  signal: AbortSignal,
) => Promise<string>;

export function makeReadCaptions(find: FindSynthesis, blobs: BlobStore): ReadCaptions {
  return async (principal, { id, format }, signal) => {
    const record = await find(principal, id, signal);
    const found = await blobs.read(timingsRefOf(record), { signal });
    const timings = found && timingsFromJson(new Uint8Array(await new Response(found.body).arrayBuffer()));
    if (timings === undefined) {
      throw new ServiceError("synthesis-not-found", `The captions of ${id} are not kept any more.`);
    }
    return writeCaptions(captionCues(timings.written, timings.words), format);
  };
}
