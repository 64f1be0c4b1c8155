import type { Principal } from "../../domain/access/principal.ts";
import type { BlobLink, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import { type Upload, type UploadCollection, type UploadFile, uploadPrefix } from "./upload.ts";

export interface UploadLink extends BlobLink {
  readonly fileName: string;
}

export interface OpenedUpload {
  readonly upload: Upload;
  readonly links: readonly UploadLink[];
}

/** Gives out links to which the files can be sent for an hour; the files are kept for a day. */
export type CreateUpload = (principal: Principal, files: readonly UploadFile[]) => Promise<OpenedUpload>;

export interface CreateUploadPorts {
  readonly uploads: UploadCollection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

const LINK_LIFETIME_SECONDS = 60 * 60;
const UPLOAD_LIFETIME_SECONDS = 24 * 60 * 60;

export function makeCreateUpload({ uploads, blobs, clock, ids }: CreateUploadPorts): CreateUpload {
  return async (principal, files) => {
    const now = clock.now();
    const upload: Upload = {
      id: ids.next("upload"),
      partition: principal.id,
      files,
      voiceId: null,
      expiresAt: new Date(now.getTime() + UPLOAD_LIFETIME_SECONDS * 1000).toISOString(),
      createdAt: now.toISOString(),
    };
    await uploads.create(upload);
    const prefix = uploadPrefix(upload);
    const links: UploadLink[] = [];
    for (const { fileName } of files) {
      const ref = { container: "uploads", name: prefix + fileName } as const;
      links.push({ fileName, ...(await blobs.writeLink(ref, LINK_LIFETIME_SECONDS)) });
    }
    return { upload, links };
  };
}
