import { removeFolder } from "../blobs/remove-folder.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { type UploadCollection, uploadPrefix } from "./upload.ts";

/** Removes uploads that no voice was made from in time, with their files. */
export type RemoveExpiredUploads = () => Promise<{ readonly removed: number }>;

export interface RemoveExpiredUploadsPorts {
  readonly uploads: UploadCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
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
    for (const upload of items) {
      await removeFolder(ports.blobs, "uploads", uploadPrefix(upload));
      await ports.uploads.delete(upload.partition, upload.id, upload.etag);
    }
    return { removed: items.length };
  };
}
