import { describe } from "vitest";

import { documentBatchesContract } from "./document-batches.contract.ts";
import { documentQueriesContract } from "./document-queries.contract.ts";
import type { DocumentStoreUnderTest } from "./document-store-under-test.ts";
import { documentWritesContract } from "./document-writes.contract.ts";

/** What every {@link DocumentCollection} promises, whatever stands behind it. */
export function documentCollectionContract(name: string, open: () => Promise<DocumentStoreUnderTest>): void {
  describe(`${name}, as a collection of documents`, () => {
    documentWritesContract(open);
    documentQueriesContract(open);
    documentBatchesContract(open);
  });
}
