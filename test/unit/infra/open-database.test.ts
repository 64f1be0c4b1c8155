import { describe, expect, it } from "vitest";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { PostgresDatabase } from "../../../src/adapters/postgres/postgres-database.ts";
import { openDatabase } from "../../../src/composition/database.ts";
import { loadConfig } from "../../../src/config.ts";
import { RecordingMetrics } from "../../support/recording-metrics.ts";

const clock = { now: () => new Date(0) };
const identity = { credential: { getToken: async () => null } };

function open(settings: Readonly<Record<string, string>>): unknown {
  const config = loadConfig({ AZURE_TENANT_ID: "tenant", AZURE_AUDIENCE: "api://app", ...settings });
  return openDatabase({
    config,
    identity,
    clock,
    readSecret: async () => "",
    renewSecret: async () => false,
    metrics: new RecordingMetrics(),
  });
}

describe("the choice of the database", () => {
  it("is Cosmos DB where its endpoint is set", () => {
    expect(open({ COSMOS_DB_ENDPOINT: "https://cosmos.example" })).toBeInstanceOf(CosmosDatabase);
  });

  it("is PostgreSQL where DATABASE_URL is set, whatever else is", () => {
    const settings = {
      DATABASE_URL: "postgresql://db.example/voices",
      COSMOS_DB_ENDPOINT: "https://c.example",
    };

    expect(open(settings)).toBeInstanceOf(PostgresDatabase);
  });

  it("refuses to start with neither, and names both settings", () => {
    expect(() => open({})).toThrow(/COSMOS_DB_ENDPOINT.*DATABASE_URL/);
  });

  it("refuses a URL of another database", () => {
    expect(() => open({ DATABASE_URL: "mysql://db.example/voices" })).toThrow("DATABASE_URL");
  });
});
