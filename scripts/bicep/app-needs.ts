import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { BLOB_CONTAINERS } from "../../src/application/ports/blobs.ts";
import type { CollectionDefinition } from "../../src/application/ports/documents.ts";
import { settings } from "../../src/config.ts";
import type { AppNeeds } from "./check-app.ts";
import { OPTIONAL_SETTINGS } from "./optional-settings.ts";

const definitionSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  orderedBy: z.array(z.string()).optional(),
  unqueried: z.array(z.string()).optional(),
  defaultTimeToLiveSeconds: z.number().optional(),
});

const ROLES: AppNeeds["roles"] = {
  "data/storage.bicep": {
    "Storage Blob Data Owner": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "Storage Queue Data Contributor": "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "Storage Table Data Contributor": "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
  },
  "data/cosmos.bicep": { "Cosmos DB Built-in Data Contributor": "00000000-0000-0000-0000-000000000002" },
  "data/key-vault.bicep": { "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6" },
  "app/speech.bicep": { "Cognitive Services Speech Contributor": "0e75ca1e-0464-4b4d-8b93-68208a576181" },
  "app/translator.bicep": { "Cognitive Services User": "a97b65f3-24c7-4388-baec-2e87135dc908" },
  "app/openai.bicep": { "Cognitive Services OpenAI User": "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd" },
  "app/durable-scheduler.bicep": {
    "Durable Task Data Contributor": "0ad04412-c4d5-4796-b79c-f76d14c8d402",
  },
  "operations/monitoring.bicep": {
    "Monitoring Metrics Publisher": "3913510d-42f4-4e42-8a64-420c390055eb",
  },
};

export async function readAppNeeds(): Promise<AppNeeds> {
  return {
    settings: Object.keys(settings.shape),
    optionalSettings: [...OPTIONAL_SETTINGS, ...settingsWithDefaults()],
    collections: await readCollections(),
    blobContainers: BLOB_CONTAINERS,
    roles: ROLES,
  };
}

function settingsWithDefaults(): readonly string[] {
  return Object.entries(settings.shape)
    .filter(([, schema]) => schema.safeParse(undefined).data !== undefined)
    .map(([name]) => name);
}

/** Every constant of the code that is declared as a collection's definition. */
async function readCollections(): Promise<readonly CollectionDefinition[]> {
  const root = path.resolve(import.meta.dirname, "../..");
  const found: CollectionDefinition[] = [];
  for (const file of globSync("src/**/*.ts", { cwd: root })) {
    const source = await readFile(path.join(root, file), "utf8");
    const names = [...source.matchAll(/^export const (\w+): CollectionDefinition = /gm)];
    const module: unknown = names.length === 0 ? {} : await import(path.join(root, file));
    for (const [, name = ""] of names) {
      found.push(definitionOf(Reflect.get(Object(module), name)));
    }
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function definitionOf(value: unknown): CollectionDefinition {
  const { name, orderedBy, unqueried, defaultTimeToLiveSeconds } = definitionSchema.parse(value);
  return {
    name,
    ...(orderedBy !== undefined && { orderedBy }),
    ...(unqueried !== undefined && { unqueried }),
    ...(defaultTimeToLiveSeconds !== undefined && { defaultTimeToLiveSeconds }),
  };
}
