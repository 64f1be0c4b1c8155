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

/**
 * Writes the items as JSON lines, unless they are there already: then those count that were written first.
 *
 * @returns where each page begins, and where the last one ends.
 */
export async function writeItems(
  blobs: BlobStore,
  ref: BatchRef,
  items: readonly BatchItem[],
): Promise<readonly number[]> {
  const lines = items.map((item) => `${JSON.stringify(item)}\n`);
  const bytes = new TextEncoder().encode(lines.join(""));
  const etag = await blobs.write(itemsFile(ref), bytes, {
    contentType: "application/jsonl",
    onlyIfAbsent: true,
  });
  return pageOffsetsOf(etag === undefined ? await storedItems(blobs, ref) : bytes);
}

async function storedItems(blobs: BlobStore, ref: BatchRef): Promise<Uint8Array> {
  const found = await blobs.read(itemsFile(ref));
  if (found === undefined) {
    throw new Error("The items of the batch are gone.");
  }
  return new Uint8Array(await new Response(found.body).arrayBuffer());
}

const NEWLINE = 10;

/** JSON holds no line break of its own. */
function pageOffsetsOf(lines: Uint8Array): readonly number[] {
  const offsets = [0];
  let count = 0;
  for (let end = lines.indexOf(NEWLINE); end !== -1; end = lines.indexOf(NEWLINE, end + 1)) {
    count += 1;
    if (count % ITEMS_PER_PAGE === 0 && end + 1 < lines.length) {
      offsets.push(end + 1);
    }
  }
  return [...offsets, lines.length];
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
