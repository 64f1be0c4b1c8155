import type { Principal } from "../../domain/access/principal.ts";
import { type FieldError, ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import { isUnclaimed, type Upload, type UploadCollection, uploadNotFound, uploadPrefix } from "./upload.ts";

/**
 * Finds an upload of the principal whose files have all arrived as announced.
 *
 * @throws {@link ServiceError} `upload-not-found`, `upload-incomplete`.
 */
export type OpenUpload = (principal: Principal, uploadId: string) => Promise<Versioned<Upload>>;

export interface OpenUploadPorts {
  readonly uploads: UploadCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
}

const PAGE_SIZE = 5_000;
const MAX_NAMED = 100;

export function makeOpenUpload({ uploads, blobs, clock }: OpenUploadPorts): OpenUpload {
  return async (principal, uploadId) => {
    const upload = await uploads.read(principal.id, uploadId);
    if (upload === undefined || !isUnclaimed(upload) || upload.expiresAt <= clock.now().toISOString()) {
      throw uploadNotFound(uploadId);
    }
    const errors = missingFiles(upload, await arrivedSizes(blobs, upload));
    if (errors.length > 0) {
      const details = { uploadId, missing: errors.length };
      throw new ServiceError("upload-incomplete", `${errors.length} files of the upload are not there.`, {
        details,
        errors: errors.slice(0, MAX_NAMED),
      });
    }
    return upload;
  };
}

async function arrivedSizes(blobs: BlobStore, upload: Upload): Promise<ReadonlyMap<string, number>> {
  const prefix = uploadPrefix(upload);
  const sizes = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<BlobStore["list"]>> = await blobs.list("uploads", {
      prefix,
      limit: PAGE_SIZE,
      ...(cursor !== null && { cursor }),
    });
    for (const { name, sizeBytes } of page.items) {
      sizes.set(name.slice(prefix.length), sizeBytes);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sizes;
}

function missingFiles({ files }: Upload, sizes: ReadonlyMap<string, number>): readonly FieldError[] {
  return files.flatMap(({ fileName, sizeBytes }) => {
    const arrivedBytes = sizes.get(fileName);
    if (arrivedBytes === sizeBytes) {
      return [];
    }
    const message =
      arrivedBytes === undefined
        ? `${fileName} has not arrived`
        : `${fileName} has ${arrivedBytes} bytes, ${sizeBytes} were announced`;
    return [{ field: "uploadId", message }];
  });
}
