import { removeFolder } from "../blobs/remove-folder.ts";
import { forEachDocument } from "../documents/for-each-document.ts";
import { isLostRace } from "../documents/lost-race.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";
import { type Upload, type UploadCollection, uploadPrefix } from "./upload.ts";

/** Removes uploads that no voice was made from in time, with their files. */
export type RemoveExpiredUploads = () => Promise<{ readonly removed: number }>;

export interface RemoveExpiredUploadsPorts {
  readonly uploads: UploadCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is left is removed at the next run. */
const UPLOADS_PER_RUN = 50;

export function makeRemoveExpiredUploads(ports: RemoveExpiredUploadsPorts): RemoveExpiredUploads {
  return async () => {
    const { items } = await ports.uploads.query({
      equals: { voiceId: null },
      range: { expiresAt: { to: ports.clock.now().toISOString() } },
      limit: UPLOADS_PER_RUN,
    });
    const removed = await forEachDocument(items, ports.logger, (upload) => remove(ports, upload));
    return { removed };
  };
}

/**
 * The mark comes first, so that no voice is made from files that are going; the document last, so that a repetition
 * finds what is left.
 *
 * @returns false for an upload that a voice has taken meanwhile.
 */
async function remove(
  { uploads, blobs }: RemoveExpiredUploadsPorts,
  { etag, ...upload }: Versioned<Upload>,
): Promise<boolean> {
  try {
    await uploads.replace({ ...upload, isBeingRemoved: true }, etag);
  } catch (error) {
    if (isLostRace(error)) {
      return false;
    }
    throw error;
  }
  await removeFolder(blobs, "uploads", uploadPrefix(upload));
  await uploads.delete(upload.partition, upload.id);
  return true;
}
