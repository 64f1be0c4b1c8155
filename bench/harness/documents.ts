import { EMULATOR_KEY } from "../../local/cosmos/start.ts";
import type { LocalStack } from "../../test/support/local-stack.ts";
import { CosmosDatabase } from "../../src/adapters/cosmos/cosmos-database.ts";
import type { CollectionDefinition, StoredDocument } from "../../src/application/ports/documents.ts";

/** Most that Cosmos DB takes in one transaction. */
const BATCH = 100;

export interface Filling<T> {
  readonly definition: CollectionDefinition;
  readonly partition: string;
  readonly count: number;
  readonly document: (index: number) => T;
}

/** Puts documents into the store of a stack, past the API. */
export async function fill<T extends StoredDocument>(stack: LocalStack, filling: Filling<T>): Promise<void> {
  const { definition, partition, count, document } = filling;
  const database = new CosmosDatabase({
    endpoint: stack.parts["Cosmos"] ?? "",
    credential: { key: EMULATOR_KEY },
    databaseName: "voice-cloning",
    createIfAbsent: true,
  });
  try {
    const collection = database.collection<T>(definition);
    for (let start = 0; start < count; start += BATCH) {
      const length = Math.min(BATCH, count - start);
      await collection.applyAll(
        partition,
        Array.from(
          { length },
          (_, index) => ({ kind: "create", document: document(start + index) }) as const,
        ),
      );
    }
  } finally {
    await database.close();
  }
}
