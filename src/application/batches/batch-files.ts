import type { BlobRef } from "../ports/blobs.ts";
import type { BatchRef } from "./batch-ref.ts";

/** Digits of a page's number, so that names sort. */
const PAGE_DIGITS = 5;

function folderOf({ ownerId, batchId }: BatchRef): string {
  return `${ownerId}/${batchId}/`;
}

export function itemsFile(ref: BatchRef): BlobRef {
  return { container: "batches", name: `${folderOf(ref)}items.jsonl` };
}

/** Prefix of the states of all pages, in the container `batches`. */
export function pageFolder(ref: BatchRef): string {
  return `${folderOf(ref)}pages/`;
}

export function pageFile(ref: BatchRef, page: number): BlobRef {
  const name = `${pageFolder(ref)}${String(page).padStart(PAGE_DIGITS, "0")}.json`;
  return { container: "batches", name };
}

/** Prefix of all that a batch leaves in the containers `batches` and `results`. */
export const batchFolder = folderOf;

/** Ids of items hold no slash and begin with a letter or digit, so nothing collides with the files of the job itself. */
export function resultFile(ref: BatchRef, fileName: string): BlobRef {
  return { container: "results", name: `${folderOf(ref)}${fileName}` };
}

export function manifestFile(ref: BatchRef): BlobRef {
  return resultFile(ref, "manifest.json");
}

/** All results joined into one file. */
export function joinedFile(ref: BatchRef, extension: string): BlobRef {
  return resultFile(ref, `_joined.${extension}`);
}
