import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { start as startCosmos } from "../../../local/cosmos/start.ts";
import { startPostgres } from "../../../local/postgres/start-postgres.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { PostgresDatabase } from "../../../src/adapters/postgres/postgres-database.ts";
import {
  type AuditCollection,
  type AuditEntry,
  auditDefinition,
  resourcesOf,
} from "../../../src/application/audit/audit-entry.ts";
import {
  type AuditFilter,
  type ListAuditEntries,
  makeListAuditEntries,
} from "../../../src/application/audit/list-audit-entries.ts";
import type { DocumentQuery } from "../../../src/application/ports/documents.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";

interface Store {
  readonly entries: AuditCollection;
  close(): Promise<unknown>;
}

const clock = { now: () => new Date("2026-11-22T12:00:00.000Z") };

const STORES: Readonly<Record<string, () => Promise<Store>>> = {
  "the fake in memory": async () => ({
    entries: new MemoryDocuments<AuditEntry>(auditDefinition, new ManualClock()),
    close: async () => undefined,
  }),
  "Cosmos DB, emulated": async () => {
    const cosmos = await startCosmos({ port: 0 });
    const database = new CosmosDatabase({
      endpoint: cosmos.url,
      credential: { key: cosmos.key },
      databaseName: "voice-cloning",
      createIfAbsent: true,
    });
    const close = async () => Promise.all([database.close(), cosmos.close()]);
    return { entries: database.collection<AuditEntry>(auditDefinition), close };
  },
  PostgreSQL: async () => {
    const postgres = await startPostgres({ port: 0 });
    const database = new PostgresDatabase({
      url: postgres.url,
      credential: { getToken: async () => null },
      clock,
    });
    const close = async () => {
      await database.close();
      await postgres.close();
    };
    return { entries: database.collection<AuditEntry>(auditDefinition), close };
  },
};

function entry(createdAt: string, fields: Partial<AuditEntry> = {}): AuditEntry {
  const path = fields.path ?? "/api/v1/voices/voice_1";
  const changes = fields.changes ?? [];
  return {
    id: `audit_${createdAt}`,
    partition: createdAt.slice(0, 10),
    createdAt,
    principalId: "ada",
    principalKind: "user",
    operation: "updateVoice",
    method: "PUT",
    clientAddress: null,
    requestId: "req_1",
    traceId: "trace",
    status: 200,
    code: null,
    changeCount: changes.length,
    ...fields,
    path,
    changes,
    resources: resourcesOf([path], changes),
  };
}

const change = { collection: "voices", before: null, after: null };
const WRITTEN = [
  entry("2026-09-01T10:00:00.000Z"),
  entry("2026-11-19T23:59:59.999Z", { principalId: "bob" }),
  entry("2026-11-20T00:00:00.000Z", { operation: "deleteVoice", path: "/api/v1/voices/voice_12" }),
  entry("2026-11-22T09:00:00.000Z", {
    path: "/api/v1/voices/train",
    changes: [{ ...change, id: "voice_1" }],
  }),
  entry("2026-11-22T10:00:00.000Z"),
  entry("2026-11-22T11:00:00.000Z", { principalId: "bob" }),
];
const [september, nineteenth, twentieth, nine, ten, eleven] = WRITTEN.map(({ createdAt }) => createdAt);

const never = () => new AbortController().signal;

describe.each(Object.entries(STORES))("the audit trail in %s", (_name, open) => {
  let store: Store;
  let list: ListAuditEntries;
  let asked: DocumentQuery[] = [];

  beforeAll(async () => {
    store = await open();
    for (const written of WRITTEN) {
      await store.entries.create(written);
    }
    const query: AuditCollection["query"] = (given, signal) => {
      asked.push(given);
      return store.entries.query(given, signal);
    };
    list = makeListAuditEntries({ ...store.entries, query }, clock);
  });

  beforeEach(() => {
    asked = [];
  });

  afterAll(() => store.close());

  async function times(filter: AuditFilter): Promise<readonly string[]> {
    const { items } = await list({ ...filter, limit: 100 }, never());
    return items.map(({ createdAt }) => createdAt);
  }

  it("is told newest first, of the last 30 days unless a period is named", async () => {
    expect(await times({})).toEqual([eleven, ten, nine, twentieth, nineteenth]);
    expect(await times({ from: "2026-08-15T00:00:00.000Z", to: "2026-09-02T00:00:00.000Z" })).toEqual([
      september,
    ]);
  });

  it.each<[string, AuditFilter, readonly (string | undefined)[]]>([
    ["who", { principalId: "bob" }, [eleven, nineteenth]],
    ["what", { operation: "deleteVoice" }, [twentieth]],
    ["the changed resource, and only that", { resourceId: "voice_1" }, [eleven, ten, nine, nineteenth]],
    ["the resource of the path", { resourceId: "voice_12" }, [twentieth]],
    ["the begin, inclusive", { from: "2026-11-22T10:00:00.000Z" }, [eleven, ten]],
    ["the end, exclusive", { to: "2026-11-20T00:00:00.000Z" }, [nineteenth]],
    ["all of them", { principalId: "bob", operation: "updateVoice", resourceId: "voice_2" }, []],
  ])("is filtered by %s", async (_condition, filter, expected) => {
    expect(await times(filter)).toEqual(expected);
  });

  it("is told page by page, without gaps and repetitions, over days in which nothing was written", async () => {
    const filter = { from: "2026-08-01T00:00:00.000Z" };
    const told: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ListAuditEntries>> = await list(
        { ...filter, limit: 2, ...(cursor !== null && { cursor }) },
        never(),
      );
      told.push(...page.items.map(({ createdAt }) => createdAt));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(told).toEqual([eleven, ten, nine, twentieth, nineteenth, september]);
  });

  it("is asked for one partition at a time, and for 31 days at most", async () => {
    const { nextCursor } = await list({ from: "2020-01-01T00:00:00.000Z", limit: 100 }, never());

    expect(asked).toHaveLength(31);
    expect(asked.every(({ partition }) => /^2026-1[01]-\d\d$/.test(partition ?? ""))).toBe(true);
    expect(nextCursor).not.toBeNull();
  });

  it("refuses a cursor of another filter, and a period that ends before it begins", async () => {
    const { nextCursor } = await list({ limit: 1 }, never());

    for (const cursor of [nextCursor ?? "", "", "bm90aGluZw", "W10"]) {
      await expect(list({ principalId: "bob", limit: 1, cursor }, never())).rejects.toMatchObject({
        code: "cursor-invalid",
      });
    }
    await expect(
      list({ from: "2026-11-22T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z", limit: 1 }, never()),
    ).rejects.toMatchObject({ code: "request-invalid" });
  });
});
