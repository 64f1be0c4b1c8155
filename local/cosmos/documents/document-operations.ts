import { randomUUID } from "node:crypto";

import { isObject, type Json, type JsonObject, parseJson, valueAt } from "../json.ts";
import { badRequest, conflict, notFound, preconditionFailed } from "../refusals.ts";
import type { Container } from "../resources/resource-store.ts";
import { meetsCondition } from "../sql/meets-condition.ts";
import { checkedDocument, checkSize, expiryOf } from "./document-rules.ts";
import type { StoredRow } from "./document-table.ts";
import { mismatch, partitionOfDocument, type PartitionText } from "./partition-key.ts";
import { patched, patchOf } from "./patch.ts";
import { readCharge, writeCharge } from "./request-charge.ts";

export const OPERATION_KINDS = ["Create", "Upsert", "Read", "Replace", "Patch", "Delete"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export function isOperationKind(kind: string): kind is OperationKind {
  return OPERATION_KINDS.some((one) => one === kind);
}

export interface Operation {
  readonly kind: OperationKind;
  readonly partition: PartitionText;
  /** Of the document in the address; Create and Upsert take it from the body. */
  readonly id?: string | undefined;
  readonly body?: Json | undefined;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export interface Outcome {
  readonly status: 200 | 201 | 204 | 304;
  /** JSON. */
  readonly body?: string;
  readonly etag?: string;
  readonly charge: number;
}

/**
 * Does one operation on one document. The caller wraps writes into a transaction.
 *
 * @throws Refusal 400, 404, 409, 412, 413.
 */
export function applyOperation(container: Container, operation: Operation, nowSeconds: number): Outcome {
  return new DocumentOperation(container, operation, nowSeconds).apply();
}

class DocumentOperation {
  readonly #container: Container;
  readonly #operation: Operation;
  readonly #nowSeconds: number;

  constructor(container: Container, operation: Operation, nowSeconds: number) {
    this.#container = container;
    this.#operation = operation;
    this.#nowSeconds = nowSeconds;
  }

  apply(): Outcome {
    switch (this.#operation.kind) {
      case "Create":
        return this.#create();
      case "Upsert":
        return this.#upsert();
      case "Read":
        return this.#read();
      case "Replace":
        return this.#replace();
      case "Patch":
        return this.#patch();
      case "Delete":
        return this.#delete();
    }
  }

  #create(): Outcome {
    const document = checkedDocument(this.#operation.body);
    if (this.#stored(document.id) !== undefined) {
      throw conflict();
    }
    return this.#write(document, undefined);
  }

  #upsert(): Outcome {
    const document = checkedDocument(this.#operation.body);
    const stored = this.#stored(document.id);
    if (stored !== undefined) {
      this.#checkPreconditions(stored);
    }
    return this.#write(document, stored);
  }

  #read(): Outcome {
    const stored = this.#existing();
    const charge = readCharge(stored.body.length);
    if (this.#operation.ifNoneMatch === stored.etag) {
      return { status: 304, etag: stored.etag, charge };
    }
    return { status: 200, body: stored.body, etag: stored.etag, charge };
  }

  #replace(): Outcome {
    const stored = this.#existing();
    this.#checkPreconditions(stored);
    const document = checkedDocument(this.#operation.body);
    if (document.id !== stored.id) {
      throw badRequest("The id of the document does not match the one in the address.");
    }
    return this.#write(document, stored);
  }

  #patch(): Outcome {
    const stored = this.#existing();
    this.#checkPreconditions(stored);
    const patch = patchOf(this.#operation.body);
    const document = parseJson(stored.body);
    if (
      !isObject(document) ||
      (patch.condition !== undefined && !meetsCondition(patch.condition, document))
    ) {
      throw preconditionFailed();
    }
    const next = patched(document, patch, this.#container.settings.partitionKey.paths);
    return this.#write(checkedDocument(next), stored);
  }

  #delete(): Outcome {
    const stored = this.#existing();
    this.#checkPreconditions(stored);
    this.#container.documents.delete(stored.partition, stored.id);
    return { status: 204, charge: writeCharge(stored.body.length) };
  }

  #stored(id: string): StoredRow | undefined {
    return this.#container.documents.read(this.#operation.partition, id);
  }

  #existing(): StoredRow {
    const stored = this.#stored(this.#operation.id ?? "");
    if (stored === undefined) {
      throw notFound();
    }
    return stored;
  }

  #checkPreconditions({ etag }: StoredRow): void {
    const { ifMatch, ifNoneMatch } = this.#operation;
    const isOther = ifMatch !== undefined && ifMatch !== "*" && ifMatch !== etag;
    if (isOther || ifNoneMatch === "*" || ifNoneMatch === etag) {
      throw preconditionFailed();
    }
  }

  #write(document: JsonObject & { readonly id: string }, stored: StoredRow | undefined): Outcome {
    const { settings, documents, link } = this.#container;
    if (partitionOfDocument(document, settings) !== this.#operation.partition) {
      throw mismatch();
    }
    const sequence = this.#container.nextSequence();
    const etag = `"${randomUUID()}"`;
    const rid = stored === undefined ? ridOf(sequence) : valueAt(parseJson(stored.body), "/_rid");
    const body = JSON.stringify({
      ...document,
      _rid: rid,
      _self: `${link}/docs/${document.id}/`,
      _etag: etag,
      _attachments: "attachments/",
      _ts: this.#nowSeconds,
    });
    checkSize(body);
    const row = {
      partition: this.#operation.partition,
      id: document.id,
      body,
      etag,
      expiresAt: expiryOf(document, settings, this.#nowSeconds),
      uniqueKeys: settings.uniqueKeyPolicy.uniqueKeys.map(({ paths }) =>
        JSON.stringify(paths.map((path) => valueAt(document, path) ?? null)),
      ),
    };
    if (documents.isTaken(row)) {
      throw conflict("Unique index constraint violation.");
    }
    documents.write(row, sequence);
    return { status: stored === undefined ? 201 : 200, body, etag, charge: writeCharge(body.length) };
  }
}

function ridOf(sequence: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(BigInt(sequence), 8);
  return bytes.toString("base64");
}
