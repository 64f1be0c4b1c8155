import type { CollectionDefinition, DocumentQuery } from "../../application/ports/documents.ts";

export interface DocumentOrder {
  readonly field: string;
  readonly direction: "ascending" | "descending";
}

/** Every field that a collection may be ordered by. */
export function orderFields(definition: CollectionDefinition): readonly string[] {
  return ["createdAt", ...(definition.orderedBy ?? [])];
}

/** @throws Error for a field that the collection's definition does not name. */
export function orderOf(definition: CollectionDefinition, query: DocumentQuery): DocumentOrder {
  const order = query.orderBy ?? { field: "createdAt", direction: "descending" };
  if (!orderFields(definition).includes(order.field)) {
    throw new Error(`The collection ${definition.name} is not ordered by ${order.field}.`);
  }
  return order;
}
