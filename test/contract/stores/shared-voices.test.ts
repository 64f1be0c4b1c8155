import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RunningCosmos, start } from "../../../local/cosmos/start.ts";
import { type RunningPostgres, startPostgres } from "../../../local/postgres/start-postgres.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { PostgresDatabase } from "../../../src/adapters/postgres/postgres-database.ts";
import { FollowedVoices } from "../../../src/application/voices/followed-voices.ts";
import { makeReconcileSharedVoices } from "../../../src/application/voices/reconcile-shared-voices.ts";
import { SHARED_VOICES, type SharedVoice } from "../../../src/application/voices/shared-voice.ts";
import { SharedVoices } from "../../../src/application/voices/shared-voices.ts";
import { VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";
import { recordingLogger } from "../../support/recording-logger.ts";
import { voiceWith } from "../../support/voices/voice-fixtures.ts";

let cosmos: RunningCosmos;
let postgres: RunningPostgres;
const databases: (CosmosDatabase | PostgresDatabase)[] = [];

beforeAll(async () => {
  [cosmos, postgres] = await Promise.all([start({ port: 0 }), startPostgres({ port: 0 })]);
}, 120_000);

afterAll(async () => {
  await Promise.all(databases.map(async (database) => database.close()));
  await Promise.all([cosmos.close(), postgres.close()]);
});

const inCosmos = () =>
  new CosmosDatabase({
    endpoint: cosmos.url,
    credential: { key: cosmos.key },
    databaseName: "shared",
    createIfAbsent: true,
  });

const inPostgres = () =>
  new PostgresDatabase({
    url: postgres.url,
    credential: { getToken: async () => null },
    clock: { now: () => new Date() },
    maxConnections: 5,
  });

function storesIn(database: CosmosDatabase | PostgresDatabase) {
  databases.push(database);
  const stored = database.collection<Voice>(VOICES);
  const references = database.collection<SharedVoice>(SHARED_VOICES);
  const shared = new SharedVoices({ voices: stored, references });
  const logger = recordingLogger();
  const voices = new FollowedVoices({ voices: stored, shared, logger });
  const reconcile = makeReconcileSharedVoices({ voices, references, shared, logger });
  return { voices, stored, shared, reconcile, logger };
}

const VOICE = voiceWith({
  visibility: "organization",
  description: "Reads the town's news.",
  labels: { zone: "2", team: "docs", a: "ä" },
});

describe.each([
  ["Cosmos DB", inCosmos],
  ["PostgreSQL", inPostgres],
])("shared voices in %s", (_store, database) => {
  it("are listed by all that their owners say, withdrawn, shared again and reconciled", async () => {
    const { voices, stored, shared, reconcile, logger } = storesIn(database());
    const found = async () => (await shared.list({ ...by, limit: 10 })).items.map(({ id }) => id);
    const by = {
      equals: { kind: "personal", status: "ready", locale: "en-US" },
      members: { labels: { zone: "2", a: "ä" } },
      text: { fields: ["name", "description"], contains: "TOWN" },
    };

    const created = await voices.create(VOICE);
    expect(await found()).toEqual([VOICE.id]);
    expect(await reconcile()).toEqual({ found: 0 });

    const withdrawn = await voices.replace({ ...VOICE, visibility: "private" }, created.etag);
    expect(await found()).toEqual([]);
    expect(await shared.find(VOICE.id)).toBeUndefined();

    await stored.replace(VOICE, withdrawn.etag);
    expect(await reconcile()).toEqual({ found: 1 });
    expect(await found()).toEqual([VOICE.id]);
    expect(await shared.find(VOICE.id)).toMatchObject(VOICE);

    await voices.delete(VOICE.partition, VOICE.id);
    expect(await found()).toEqual([]);
    expect(logger.lines).toEqual([]);
  });
});
