import type { ContainerDefinition, ContainerRequest } from "@azure/cosmos";

import type { CollectionDefinition } from "../../application/ports/documents.ts";
import { orderFields } from "../paging/document-order.ts";
import { TIE_BREAKERS } from "./cosmos-query.ts";

type CompositeIndexes = NonNullable<NonNullable<ContainerDefinition["indexingPolicy"]>["compositeIndexes"]>;

/**
 * The container that a collection needs: partitioned by `/partition`, time to live on, an index for every order and for
 * every field but those that no query asks for, since each value that is indexed costs with every write.
 */
export function containerDefinition(definition: CollectionDefinition): ContainerRequest {
  return {
    id: definition.name,
    partitionKey: { paths: ["/partition"], version: 2 },
    defaultTtl: definition.defaultTimeToLiveSeconds ?? -1,
    indexingPolicy: {
      automatic: true,
      indexingMode: "consistent",
      includedPaths: [{ path: "/*" }],
      excludedPaths: excludedPaths(definition),
      compositeIndexes: compositeIndexes(definition),
    },
  };
}

function excludedPaths({ unqueried = [] }: CollectionDefinition): { readonly path: string }[] {
  return unqueried.map((field) => ({ path: `/${field}/*` }));
}

/** One for both directions, since Azure reads a composite index from both ends. */
function compositeIndexes(definition: CollectionDefinition): CompositeIndexes {
  return orderFields(definition).map((field) =>
    [field, ...TIE_BREAKERS].map((name) => ({ path: `/${name}`, order: "ascending" as const })),
  );
}

/** Whether a container can do what the collection asks for. */
export function serves(container: ContainerDefinition, definition: CollectionDefinition): boolean {
  const present = new Set((container.indexingPolicy?.compositeIndexes ?? []).map(pathsOf));
  const excluded = new Set((container.indexingPolicy?.excludedPaths ?? []).map(({ path }) => path));
  return (
    excludedPaths(definition).every(({ path }) => excluded.has(path)) &&
    compositeIndexes(definition).every((index) => present.has(pathsOf(index))) &&
    container.defaultTtl === (definition.defaultTimeToLiveSeconds ?? -1)
  );
}

function pathsOf(index: CompositeIndexes[number]): string {
  return index.map(({ path, order }) => `${path} ${order ?? "ascending"}`).join(",");
}
