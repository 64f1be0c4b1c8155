import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { type Upload, type UploadCollection, uploadPrefix } from "./upload.ts";

/** Removes uploads that no voice was made from in time, with their files. */
export type RemoveExpiredUploads = () => Promise<{ readonly removed: number }>;

export interface RemoveExpiredUploadsPorts {
  readonly uploads: UploadCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
}

/** What is left is removed at the next run. */
const UPLOADS_PER_RUN = 50;
const BLOBS_PER_PAGE = 1_000;

export function makeRemoveExpiredUploads(ports: RemoveExpiredUploadsPorts): RemoveExpiredUploads {
  return async () => {
    const { items } = await ports.uploads.query({
      equals: { voiceId: null },
      range: { expiresAt: { to: ports.clock.now().toISOString() } },
      limit: UPLOADS_PER_RUN,
    });
    for (const upload of items) {
      await removeFiles(ports.blobs, upload);
      await ports.uploads.delete(upload.partition, upload.id, upload.etag);
    }
    return { removed: items.length };
  };
}

async function removeFiles(blobs: BlobStore, upload: Upload): Promise<void> {
  const query = { prefix: uploadPrefix(upload), limit: BLOBS_PER_PAGE };
  for (
    let page = await blobs.list("uploads", query);
    page.items.length > 0;
    page = await blobs.list("uploads", query)
  ) {
    await Promise.all(page.items.map(({ name }) => blobs.delete({ container: "uploads", name })));
  }
}
