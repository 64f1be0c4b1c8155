import type { Container, OperationInput } from "@azure/cosmos";

import {
  type CollectionDefinition,
  type DocumentChange,
  type DocumentCollection,
  type DocumentFilter,
  type DocumentPage,
  type DocumentQuery,
  type DocumentWriteOptions,
  MAX_CHANGES_AT_ONCE,
  type StoredDocument,
  type Versioned,
} from "../../application/ports/documents.ts";
import type { StoreRenewal } from "../rotation/store-renewal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { orderOf } from "../paging/document-order.ts";
import { decodeCursor, encodeCursor, type KeysetPosition } from "../paging/keyset-cursor.ts";
import { applyBatch } from "./cosmos-batch.ts";
import { callCosmos, type CosmosCall, type CosmosCallOptions } from "./cosmos-call.ts";
import { statusOf } from "./cosmos-errors.ts";
import { countQuery, idsQuery, isImpossible, pageQuery } from "./cosmos-query.ts";
import { type CosmosDocument, matching, storedForm, versionedForm } from "./stored-form.ts";

export interface CosmosCollectionOptions {
  readonly definition: CollectionDefinition;
  /** Opens the container; called before each operation. */
  readonly container: () => Promise<Container>;
  readonly calls: CosmosCallOptions;
  readonly renewal: StoreRenewal;
}

/** A container of Cosmos DB whose partition key is `/partition`. */
export class CosmosCollection<T extends StoredDocument> implements DocumentCollection<T> {
  readonly #definition: CollectionDefinition;
  readonly #container: () => Promise<Container>;
  readonly #calls: CosmosCallOptions;
  readonly #renewal: StoreRenewal;

  constructor({ definition, container, calls, renewal }: CosmosCollectionOptions) {
    this.#definition = definition;
    this.#container = container;
    this.#calls = calls;
    this.#renewal = renewal;
  }

  async read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    return this.#call({ id, signal }, async (container, abortSignal) => {
      // A missing document is an answer of the SDK, not an error.
      const { resource } = await container.item(id, partition).read({ abortSignal });
      return resource && versionedForm<T>(resource);
    });
  }

  async create(document: T, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#call({ id: document.id }, async (container, abortSignal) => {
      const stored = storedForm(document, options);
      const { resource } = await container.items.create(stored, { abortSignal });
      return this.#written(resource);
    });
  }

  async replace(document: T, etag: string, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#call({ id: document.id }, async (container, abortSignal) => {
      const item = container.item(document.id, document.partition);
      const { resource } = await item.replace(storedForm(document, options), {
        accessCondition: matching(etag),
        abortSignal,
      });
      return this.#written(resource);
    });
  }

  async upsert(document: T, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#call({ id: document.id }, async (container, abortSignal) => {
      const stored = storedForm(document, options);
      const { resource } = await container.items.upsert(stored, { abortSignal });
      return this.#written(resource);
    });
  }

  async delete(partition: string, id: string, etag?: string): Promise<void> {
    return this.#call({ id }, async (container, abortSignal) => {
      const condition = etag === undefined ? {} : { accessCondition: matching(etag) };
      try {
        await container.item(id, partition).delete({ ...condition, abortSignal });
      } catch (error) {
        if (statusOf(error) !== 404) {
          throw error;
        }
      }
    });
  }

  async query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>> {
    const order = orderOf(this.#definition, query);
    const after = query.cursor === undefined ? undefined : decodeCursor(query, query.cursor);
    if (isImpossible(query)) {
      return { items: [], nextCursor: null };
    }
    // One more than asked for tells whether there is a next page.
    const count = query.limit + 1;
    const spec = pageQuery({ query, order, after, count });
    const found = await this.#call({ signal }, async (container, abortSignal) => {
      const options = { ...partitionOption(query), maxItemCount: Math.min(count, 1000), abortSignal };
      const { resources } = await container.items.query<CosmosDocument>(spec, options).fetchAll();
      return resources.map((resource) => versionedForm<T>(resource));
    });
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const hasMore = last !== undefined && found.length > items.length;
    return { items, nextCursor: hasMore ? encodeCursor(query, positionOf(last, order.field)) : null };
  }

  async count(filter: DocumentFilter & { readonly partition?: string }): Promise<number> {
    if (isImpossible(filter)) {
      return 0;
    }
    return this.#call({}, async (container, abortSignal) => {
      const options = { ...partitionOption(filter), abortSignal };
      const { resources } = await container.items.query<number>(countQuery(filter), options).fetchAll();
      return resources.reduce((total, part) => total + part, 0);
    });
  }

  async applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void> {
    const isForeign = changes.some(
      (change) => change.kind !== "delete" && change.document.partition !== partition,
    );
    if (changes.length > MAX_CHANGES_AT_ONCE || isForeign) {
      throw new RangeError(`At most ${MAX_CHANGES_AT_ONCE} changes, all of one partition.`);
    }
    await this.#call({ id: "the batch" }, async (container, abortSignal) => {
      await applyBatch(changes.map(operationOf), {
        run: (operations) => container.items.batch([...operations], partition, { abortSignal }),
        existing: async (ids) => {
          const options = { partitionKey: partition, abortSignal };
          return new Set((await container.items.query<string>(idsQuery(ids), options).fetchAll()).resources);
        },
      });
    });
  }

  async #call<R>(
    { id, signal }: { readonly id?: string; readonly signal?: AbortSignal | undefined },
    work: (container: Container, abortSignal: AbortSignal) => Promise<R>,
  ): Promise<R> {
    const call: CosmosCall = {
      ...this.#calls,
      what: `${this.#definition.name} ${id ?? ""}`.trim(),
      signal,
    };
    return this.#renewal.repeating(async () => {
      signal?.throwIfAborted();
      const container = await this.#container();
      return callCosmos(call, async (abortSignal) => work(container, abortSignal));
    });
  }

  #written(resource: CosmosDocument | undefined): Versioned<T> {
    if (resource === undefined) {
      throw new ServiceError("store-unavailable", "Cosmos DB answered a write without the document.");
    }
    return versionedForm<T>(resource);
  }
}

function partitionOption({ partition }: { readonly partition?: string }): { partitionKey?: string } {
  return partition === undefined ? {} : { partitionKey: partition };
}

function positionOf(document: StoredDocument, field: string): KeysetPosition {
  const value: unknown = Reflect.get(document, field);
  if (typeof value !== "string" && typeof value !== "number") {
    throw new TypeError(`Document ${document.id} has no ${field} to be ordered by.`);
  }
  return { value, id: document.id, partition: document.partition };
}

function operationOf<T extends StoredDocument>(change: DocumentChange<T>): OperationInput {
  switch (change.kind) {
    case "create":
      return { operationType: "Create", resourceBody: { ...storedForm(change.document, change) } };
    case "upsert":
      return { operationType: "Upsert", resourceBody: { ...storedForm(change.document, change) } };
    case "replace":
      return {
        operationType: "Replace",
        id: change.document.id,
        ifMatch: `"${change.etag}"`,
        resourceBody: { ...storedForm(change.document, change) },
      };
    case "delete":
      return { operationType: "Delete", id: change.id };
  }
}
