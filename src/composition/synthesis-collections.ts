import type { CollectionDefinition } from "../application/ports/documents.ts";

export const SYNTHESES: CollectionDefinition = { name: "syntheses" };
export const USAGE: CollectionDefinition = { name: "usage", orderedBy: ["day"] };
