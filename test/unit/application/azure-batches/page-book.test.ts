import { beforeEach, describe, expect, it } from "vitest";
import { isOpen, PageBook } from "../../../../src/application/azure-batches/page-book.ts";
import { PageStates } from "../../../../src/application/batches/page-states.ts";
import type { BlobRef } from "../../../../src/application/ports/blobs.ts";
import { pendingItem } from "../../../../src/domain/batch/batch-item.ts";
import { BATCH_REF } from "../../../support/batch-fixture.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";

/** Whose second read takes longer than the first. */
class SlowSecondRead extends MemoryBlobs {
  readonly second = Promise.withResolvers<void>();
  reads = 0;

  override async read(ref: BlobRef) {
    this.reads += 1;
    if (this.reads === 2) {
      await this.second.promise;
    }
    return super.read(ref);
  }
}

let blobs: SlowSecondRead;
let pageStates: PageStates;
let book: PageBook;

beforeEach(async () => {
  blobs = new SlowSecondRead();
  pageStates = new PageStates(blobs);
  await pageStates.write(BATCH_REF, 0, { run: 1, items: [pendingItem("one"), pendingItem("other")] });
  book = new PageBook(pageStates, { ...BATCH_REF, run: 1 });
});

describe("the states of items that are worked on side by side", () => {
  it("are all kept, in whatever order the items were looked up and ended", async () => {
    const [one, other] = [book.item(0, "one"), book.item(0, "other")];
    await one;
    await book.set(0, "one", { status: "succeeded" });
    blobs.second.resolve();
    await other;
    await book.set(0, "other", { status: "failed" });
    await book.save();

    const written = await pageStates.read(BATCH_REF, 0);
    expect(written?.items.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  });

  it("are read once", async () => {
    blobs.second.resolve();
    const items = await Promise.all(["one", "other", "missing"].map((id) => book.item(0, id)));

    expect(items.map(isOpen)).toEqual([true, true, false]);
    expect(blobs.reads).toBe(1);
  });
});
