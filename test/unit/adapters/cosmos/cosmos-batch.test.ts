import type { OperationInput, OperationResponse } from "@azure/cosmos";
import { describe, expect, it } from "vitest";
import { applyBatch } from "../../../../src/adapters/cosmos/cosmos-batch.ts";

const deletion = (id: string): OperationInput => ({ operationType: "Delete", id });
const creation = (id: string): OperationInput => ({ operationType: "Create", resourceBody: { id } });

/** A partition that answers batches as Cosmos DB does: the first failure ends them, and nothing of them is kept. */
function partitionOf(...ids: readonly string[]) {
  let stored = new Set<unknown>(ids);
  const runs: (readonly OperationInput[])[] = [];
  let lookUps = 0;
  return {
    runs,
    stored: () => [...stored],
    lookUps: () => lookUps,
    remove: (id: string) => stored.delete(id),
    async run(operations: readonly OperationInput[]): Promise<{ result: OperationResponse[] }> {
      runs.push(operations);
      const next = new Set(stored);
      const failedAt = operations.findIndex((operation) => !applied(operation, next));
      if (failedAt < 0) {
        stored = next;
      }
      const statusAt = (index: number) => (failedAt < 0 ? 200 : index === failedAt ? 404 : 424);
      return {
        result: operations.map((_, index) => ({ statusCode: statusAt(index), requestCharge: 1 })),
      };
    },
    async existing(asked: readonly string[]): Promise<ReadonlySet<string>> {
      lookUps += 1;
      return new Set(asked.filter((id) => stored.has(id)));
    },
  };
}

/** @returns whether it could be done. */
function applied(operation: OperationInput, ids: Set<unknown>): boolean {
  if (operation.operationType === "Delete") {
    return ids.delete(operation.id);
  }
  if (operation.operationType === "Create") {
    ids.add(operation.resourceBody["id"]);
  }
  return true;
}

describe("a batch for Cosmos DB", () => {
  it("runs once where everything is there that is deleted", async () => {
    const partition = partitionOf("a", "b");

    await applyBatch([deletion("a"), deletion("b")], partition);

    expect([partition.runs.length, partition.lookUps()]).toEqual([1, 0]);
  });

  it("leaves out all that is missing in one pass, however much it is", async () => {
    const partition = partitionOf("id 7", "id 90");
    const deletions = Array.from({ length: 99 }, (_, index) => deletion(`id ${index}`));

    await applyBatch([creation("new"), ...deletions], partition);

    expect(partition.stored()).toEqual(["new"]);
    expect(partition.runs.map(({ length }) => length)).toEqual([100, 3]);
    expect(partition.lookUps()).toBe(1);
  });

  it("still deletes what it has written itself", async () => {
    const partition = partitionOf();

    await applyBatch([deletion("gone"), creation("new"), deletion("new")], partition);

    expect(partition.stored()).toEqual([]);
    expect(partition.runs.at(-1)).toEqual([creation("new"), deletion("new")]);
  });

  it("writes nothing and may be repeated where others delete before every run", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `id ${index}`);
    const partition = partitionOf(...ids);
    const racing = {
      ...partition,
      run: (operations: readonly OperationInput[]) => {
        partition.remove(`id ${partition.runs.length}`);
        return partition.run(operations);
      },
    };

    await expect(applyBatch(ids.map(deletion), racing)).rejects.toMatchObject({ code: 449 });
    expect(partition.runs).toHaveLength(5);
    expect(partition.stored()).toHaveLength(95);
  });

  it("fails with the status of any other operation that fails", async () => {
    const conflict = { run: async () => ({ result: [{ statusCode: 409, requestCharge: 1 }] }) };

    await expect(applyBatch([creation("a")], { ...partitionOf(), ...conflict })).rejects.toMatchObject({
      code: 409,
    });
  });
});
