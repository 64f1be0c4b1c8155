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
  /** Its time has passed and its files are going: no voice is made from it any more. Default: false. */
  readonly isBeingRemoved?: boolean;
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

/** Whether a voice may still be made from it, should its time not have passed. */
export function isUnclaimed({ voiceId, isBeingRemoved = false }: Upload): boolean {
  return voiceId === null && !isBeingRemoved;
}

export function uploadNotFound(uploadId: string): ServiceError {
  return new ServiceError("upload-not-found", `There is no open upload ${uploadId}.`, {
    details: { uploadId },
  });
}
