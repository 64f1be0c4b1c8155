import { afterAll, describe, expect, inject, it } from "vitest";
import { EMULATOR_KEY } from "../../../local/cosmos/start.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { type AuditEntry, auditDefinition } from "../../../src/application/audit/audit-entry.ts";
import { objectIdOf } from "../../../local/entra/registration.ts";
import { apiClient } from "../../support/api-client.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const database = new CosmosDatabase({
  endpoint: inject("parts")["Cosmos"] ?? "",
  credential: { key: EMULATOR_KEY },
  databaseName: "voice-cloning",
  createIfAbsent: false,
});
const entries = database.collection<AuditEntry>(auditDefinition);

afterAll(() => database.close());

async function entriesOf(name: string): Promise<readonly AuditEntry[]> {
  const { items } = await entries.query({ equals: { principalId: objectIdOf(name) }, limit: 100 });
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe("the audit trail", () => {
  it("has who wrote what and when, with hashes before and after, for what was done and for what was refused", async () => {
    const name = `audited-${process.pid}`;
    const api = await apiClient({ ...stack, name, roles: ["Voice.User"] });
    const made = await api.postJson("/api/v1/lexicon", { grapheme: "Siobhan", alias: "Shivawn" });
    const { id } = (await made.json()) as { id: string };
    const read = await api.get(`/api/v1/lexicon/${id}`);
    const refused = await api.delete("/api/v1/voices/voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D");
    await Promise.all([read, refused].map(async (response) => response.body?.cancel()));

    const kept = await entriesOf(name);

    expect(kept).toMatchObject([
      { operation: "createLexiconEntry", status: 201, code: null, requestId: expect.stringMatching(/^req_/) },
      { operation: "deleteVoice", status: 403, code: "permission-denied", changes: [] },
    ]);
    expect(kept[0]?.changes[0]).toMatchObject({
      before: null,
      after: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
