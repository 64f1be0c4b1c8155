import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { PostgresDatabase } from "../../src/adapters/postgres/postgres-database.ts";
import { newDefinition, note, type Note } from "../contract/stores/document-store-under-test.ts";

const TOKEN = "ey.token-of-the-managed-identity";
const USER = "voice-app";

const adminUrl = process.env["TEST_DATABASE_URL"] ?? "";
const appUrl = (() => {
  const url = new URL(adminUrl);
  url.username = USER;
  url.password = "";
  return url.href;
})();
const clock = { now: () => new Date() };
const admin = new Client({ connectionString: adminUrl });
const databases: PostgresDatabase[] = [];
const tokens: string[] = [];

beforeAll(async () => {
  await admin.connect();
  await admin.query(`CREATE ROLE "${USER}" LOGIN PASSWORD '${TOKEN}'`);
  await admin.query(`GRANT CREATE ON SCHEMA public TO "${USER}"`);
});

afterAll(async () => {
  await Promise.all(databases.map(async (database) => database.close()));
  await admin.end();
});

function newDatabase({ url = appUrl, token = TOKEN } = {}): PostgresDatabase {
  const database = new PostgresDatabase({
    url,
    credential: {
      getToken: async (scope) => {
        tokens.push(String(scope));
        return { token, expiresOnTimestamp: 0 };
      },
    },
    clock,
    maxConnections: 4,
  });
  databases.push(database);
  return database;
}

async function sessions(): Promise<{ pid: number; ssl: boolean }[]> {
  const { rows } = await admin.query<{ pid: number; ssl: boolean }>(
    "SELECT pid, ssl FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE usename = $1",
    [USER],
  );
  return rows;
}

describe("a PostgreSQL server, to a URL without a password", () => {
  it("gets a token of Azure Database for PostgreSQL for each connection, over TLS", async () => {
    const notes = newDatabase().collection<Note>(newDefinition());
    await notes.create(note("first"));
    tokens.length = 0;

    await Promise.all(Array.from({ length: 20 }, async (_, index) => notes.create(note(`n${index}`))));

    expect(tokens).toEqual(Array(3).fill("https://ossrdbms-aad.database.windows.net/.default"));
    expect((await sessions()).map(({ ssl }) => ssl)).toEqual(Array(4).fill(true));
  });

  it("refuses a token of somebody else", async () => {
    await expect(newDatabase({ token: "ey.token-of-another" }).check()).rejects.toMatchObject({
      code: "store-unauthorized",
      cause: { message: expect.stringContaining("password authentication failed") },
    });
  });

  it("is refused where TLS is switched off", async () => {
    const url = appUrl.replace("verify-full", "disable");

    await expect(newDatabase({ url }).check()).rejects.toMatchObject({
      code: "store-unauthorized",
      cause: { message: expect.stringContaining("no encryption") },
    });
  });
});

describe("a PostgreSQL server that ends its sessions, as for maintenance", () => {
  it("keeps what was written, and answers the next call on a new session", async () => {
    const notes = newDatabase().collection<Note>(newDefinition());
    await notes.create(note("kept"));
    const before = await sessions();

    await admin.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1", [
      USER,
    ]);
    const between = await sessions();
    const found = await notes.read("ada", "kept");

    expect([before.length > 0, between]).toEqual([true, []]);
    expect(found?.title).toBe("Title of kept");
  });
});

describe("a PostgreSQL server whose texts are sorted as in English", () => {
  it("has keys in the order of their code points, not of its own", async () => {
    const { rows } = await admin.query<{ isEnglish: boolean }>(`SELECT 'a' < 'B' AS "isEnglish"`);
    const notes = newDatabase().collection<Note>(newDefinition());
    for (const title of ["b", "B", "a", "Z", "é"]) {
      await notes.create(note(`id-${title}`, { title }));
    }

    const { items } = await notes.query({
      partition: "ada",
      orderBy: { field: "title", direction: "ascending" },
      limit: 10,
    });

    expect(rows[0]?.isEnglish).toBe(true);
    expect(items.map(({ title }) => title)).toEqual(["B", "Z", "a", "b", "é"]);
  });
});

describe("the embedded stack on a PostgreSQL server that runs already", () => {
  it("names the server without its password, and starts no stand-in for a database", () => {
    const { Postgres: server, Cosmos: cosmos } = inject("parts");

    expect(server).toBe(adminUrl.replace(":postgres@", "@"));
    expect(cosmos).toBeUndefined();
  });
});
