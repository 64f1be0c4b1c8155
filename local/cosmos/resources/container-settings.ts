import { z } from "zod";

import type { JsonObject } from "../json.ts";
import { badRequest } from "../refusals.ts";

/** `/a/b` or `/"odd name"/b`, without wildcards. */
const propertyPath = z.string().regex(/^(\/("[^"]+"|[^/"*?[\]]+))+$/);

/** `-1` means that documents stay unless they say otherwise. */
const timeToLive = z.union([z.literal(-1), z.int().min(1).max(2_147_483_647)]);

const indexedPath = z.looseObject({ path: z.string().startsWith("/") });

const compositePath = z.looseObject({
  path: propertyPath,
  order: z.enum(["ascending", "descending"]).default("ascending"),
});

const settingsSchema = z.looseObject({
  id: z.string(),
  partitionKey: z.looseObject({
    paths: z.array(propertyPath).min(1).max(3),
    kind: z.enum(["Hash", "MultiHash"]).default("Hash"),
    version: z.int().min(1).max(2).default(2),
  }),
  defaultTtl: timeToLive.optional(),
  uniqueKeyPolicy: z
    .looseObject({
      uniqueKeys: z.array(z.looseObject({ paths: z.array(propertyPath).min(1).max(16) })).max(10),
    })
    .default({ uniqueKeys: [] }),
  indexingPolicy: z
    .looseObject({
      indexingMode: z
        .string()
        .toLowerCase()
        .pipe(z.enum(["consistent", "none"]))
        .default("consistent"),
      automatic: z.boolean().default(true),
      includedPaths: z.array(indexedPath).default([{ path: "/*" }]),
      excludedPaths: z.array(indexedPath).default([{ path: '/"_etag"/?' }]),
      compositeIndexes: z.array(z.array(compositePath).min(2).max(8)).max(100).optional(),
    })
    .prefault({}),
});

export type ContainerSettings = z.output<typeof settingsSchema>;

/** Settings that cannot be imitated are refused by name. */
const NOT_IMITATED = [
  "vectorEmbeddingPolicy",
  "fullTextPolicy",
  "computedProperties",
  "clientEncryptionPolicy",
  "changeFeedPolicy",
  "materializedViewDefinition",
];

/**
 * Checks the definition of a container and fills in what Azure fills in.
 *
 * @throws Refusal 400.
 */
export function containerSettings(body: JsonObject): ContainerSettings {
  const unknown = NOT_IMITATED.find((name) => body[name] !== undefined);
  if (unknown !== undefined) {
    throw badRequest(`The Cosmos DB stand-in does not support '${unknown}' of a container.`);
  }
  const parsed = settingsSchema.safeParse(body);
  if (!parsed.success) {
    throw badRequest(`The specified document collection is invalid. ${z.prettifyError(parsed.error)}`);
  }
  const { kind, paths } = parsed.data.partitionKey;
  if (kind === "Hash" && paths.length > 1) {
    throw badRequest("Too many partition key paths specified. 'Hash' takes one, 'MultiHash' up to 3.");
  }
  return parsed.data;
}

/** What a container may not change after its creation, as text. */
export function fixedSettings({ id, partitionKey, uniqueKeyPolicy }: ContainerSettings): string {
  return JSON.stringify([id, partitionKey, uniqueKeyPolicy]);
}
