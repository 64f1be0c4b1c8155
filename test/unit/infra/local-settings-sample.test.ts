import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { localSettings } from "../../../local/stack/local-settings.ts";
import { loadConfig, settings } from "../../../src/config.ts";

const sampleSchema = z.strictObject({
  IsEncrypted: z.literal(false),
  Values: z.record(z.string(), z.string()),
  Host: z.strictObject({ LocalHttpPort: z.literal(7071) }),
});
const { Values: values } = sampleSchema.parse(JSON.parse(readFileSync("local.settings.sample.json", "utf8")));

/** Of the Functions host, and for what Azurite does not do: it sends no events. */
const HOST_SETTINGS = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "DROP_TRIGGER_SOURCE"];

describe("local.settings.sample.json", () => {
  it("lets the app start", () => {
    expect(loadConfig(values)).toMatchObject({ ENVIRONMENT: "development", STORE_CREATE_CONTAINERS: true });
  });

  it("has every setting that the stand-ins need, and no other", () => {
    const url = "http://localhost";
    const needed = localSettings({
      urls: { entra: url, speech: url, translator: url, openAi: url },
      database: { COSMOS_DB_ENDPOINT: url, COSMOS_DB_KEY: "key" },
      storageConnectionString: "",
    });

    expect(Object.keys(values).toSorted()).toEqual(
      [...new Set([...Object.keys(needed), ...HOST_SETTINGS])].toSorted(),
    );
  });

  it("names no setting that the code does not read", () => {
    const read = new Set([...Object.keys(settings.shape), ...HOST_SETTINGS]);

    expect(Object.keys(values).filter((name) => !read.has(name))).toEqual([]);
  });

  it("gives the Durable extension its tables", () => {
    expect(values["AzureWebJobsStorage"]).toContain("TableEndpoint=");
  });
});
