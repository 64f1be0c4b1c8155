import { type Batch, ITEMS_PER_PAGE } from "../../domain/batch/batch.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { SpeakRequest } from "../synthesis/speak-request.ts";
import { itemsFile } from "./batch-files.ts";
import { type BatchRef, refOf } from "./batch-ref.ts";

/** One item as it was sent, defaults merged in. */
export interface BatchItem {
  readonly id: string;
  readonly request: SpeakRequest;
  /** When it begins in the joined file, if it is not too long before; default: where the one before ends. */
  readonly startMs?: number;
}

/** Writes the items as JSON lines. @returns where each page begins, and where the last one ends. */
export async function writeItems(
  blobs: BlobStore,
  ref: BatchRef,
  items: readonly BatchItem[],
): Promise<readonly number[]> {
  const encoder = new TextEncoder();
  const lines = items.map((item) => encoder.encode(`${JSON.stringify(item)}\n`));
  const sizeBytes = lines.reduce((sum, line) => sum + line.length, 0);
  const file = new Uint8Array(sizeBytes);
  const pageOffsets: number[] = [];
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    if (index % ITEMS_PER_PAGE === 0) {
      pageOffsets.push(offset);
    }
    file.set(line, offset);
    offset += line.length;
  }
  await blobs.write(itemsFile(ref), file, { contentType: "application/jsonl" });
  return [...pageOffsets, sizeBytes];
}

/** Reads the items of one page only. @throws Error when the file is gone. */
export async function readItems(blobs: BlobStore, batch: Batch, page: number): Promise<readonly BatchItem[]> {
  const [offsetBytes = 0, endBytes = 0] = batch.pageOffsets.slice(page, page + 2);
  const found = await blobs.read(itemsFile(refOf(batch)), {
    offsetBytes,
    lengthBytes: endBytes - offsetBytes,
  });
  if (found === undefined) {
    throw new Error("The items of the batch are gone.");
  }
  const text = await new Response(found.body).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map(itemOfLine);
}

/** Nobody but {@link writeItems} writes these lines, from values of this type. */
function itemOfLine(line: string): BatchItem {
  const item: BatchItem = JSON.parse(line);
  return item;
}
