import { ServiceError } from "../../domain/errors/service-error.ts";
import type { CollectionDefinition, DocumentCollection } from "../ports/documents.ts";

export interface UploadFile {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly contentType: string;
}

/** Files that a client sends straight to Blob storage, because they are too large for a request. */
export interface Upload {
  readonly id: string;
  /** The owner's id. */
  readonly partition: string;
  readonly files: readonly UploadFile[];
  /** The id of the voice that is made from it; null while nothing is. */
  readonly voiceId: string | null;
  readonly expiresAt: string;
  readonly createdAt: string;
}

/** Partitioned by owner. */
export const UPLOADS: CollectionDefinition = { name: "uploads" };
export type UploadCollection = DocumentCollection<Upload>;

/** Prefix of the upload's blobs in the container `uploads`; what follows is the file's name. */
export function uploadPrefix({ id, partition }: Pick<Upload, "id" | "partition">): string {
  return `${partition}/${id}/`;
}

export function uploadNotFound(uploadId: string): ServiceError {
  return new ServiceError("upload-not-found", `There is no open upload ${uploadId}.`, {
    details: { uploadId },
  });
}
