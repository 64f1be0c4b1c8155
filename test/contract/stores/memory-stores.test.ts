import { ManualClock } from "../../support/manual-clock.ts";
import { MemoryBlobs } from "../../support/memory-blobs.ts";
import { MemoryCounters } from "../../support/memory-counters.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";
import { blobFoldersContract } from "./blob-folders.contract.ts";
import { blobStoreContract } from "./blob-store.contract.ts";
import { counterStoreContract } from "./counter-store.contract.ts";
import { documentCollectionContract } from "./document-collection.contract.ts";

documentCollectionContract("The fake in memory", async () => {
  const clock = new ManualClock();
  return {
    collection: async (definition) => new MemoryDocuments(definition, clock),
    advance: (seconds) => clock.advance(seconds),
  };
});

counterStoreContract("The fake in memory", async () => {
  const clock = new ManualClock();
  const store = new MemoryCounters(clock);
  return {
    store,
    otherInstance: store,
    now: () => clock.now(),
    advance: (seconds) => clock.advance(seconds),
  };
});

blobStoreContract("The fake in memory", async () => new MemoryBlobs());
blobFoldersContract("The fake in memory", async () => new MemoryBlobs());
