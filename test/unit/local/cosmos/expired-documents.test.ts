import { describe, expect, it } from "vitest";
import { applyOperation } from "../../../../local/cosmos/documents/document-operations.ts";
import { DatabaseFile } from "../../../../local/cosmos/resources/database-file.ts";
import { ResourceStore } from "../../../../local/cosmos/resources/resource-store.ts";

const LINK = "dbs/d/colls/c";

describe("documents whose time is over", () => {
  it("leave the file when their container is opened again", () => {
    const file = new DatabaseFile(undefined);
    const first = new ResourceStore(file, () => 0);
    first.create("", "dbs", { id: "d" });
    first.create("dbs/d", "colls", { id: "c", partitionKey: { paths: ["/owner"] }, defaultTtl: 10 });
    for (const body of [
      { id: "a", owner: "ada" },
      { id: "b", owner: "ada", ttl: -1 },
    ]) {
      applyOperation(first.container(LINK), { kind: "Create", partition: '["ada"]', body }, 0);
    }

    new ResourceStore(file, () => 11).container(LINK);

    expect(file.all("select id from documents_2")).toEqual([{ id: "b" }]);
  });
});
