import type { IdempotencyRecord, IdempotencyRecords } from "../application/idempotency/idempotency-record.ts";
import type { Clock } from "../application/ports/clock.ts";
import { DocumentConflict, type Versioned } from "../application/ports/documents.ts";
import type { Hasher } from "../application/ports/hasher.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyChunks } from "./body-chunks.ts";
import type { Call } from "./call.ts";
import { causeText } from "./cause-text.ts";
import { type RequestHash, requestHash } from "./request-hash.ts";
import type { Route } from "./route.ts";

export interface IdempotencyParts {
  readonly records: IdempotencyRecords;
  readonly hasher: Hasher;
  readonly clock: Clock;
}

/** A first request that has not ended after this time died with its process. */
const ABANDONED_AFTER_MS = 5 * 60 * 1000;
const RETRY_AFTER_SECONDS = 2;
const SANE_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The same route, which does its work once per Idempotency-Key: a repetition with the same body gets the first answer
 * again for a day. A request that failed may be repeated with its key. Where the work was done and its answer could not
 * be kept, the client gets the answer, and the key is refused as one in progress until it counts as abandoned.
 *
 * @throws {@link ServiceError} `idempotency-key-reused`, `idempotency-in-progress`, `request-invalid`,
 * `request-too-large`, `request-timed-out`.
 */
export function idempotent(route: Route, parts: IdempotencyParts): Route {
  return {
    spec: route.spec,
    async handle(call) {
      const key = call.request.headers.get("idempotency-key");
      return key === null ? route.handle(call) : handleOnce(route, call, { ...parts, key });
    },
  };
}

interface Attempt extends IdempotencyParts {
  readonly key: string;
}

async function handleOnce(route: Route, call: Call, attempt: Attempt): Promise<Response> {
  const claim = await claimKey(route, call, attempt);
  if (claim.kind === "known") {
    return repeatedAnswer(route, call, { record: claim.record, hasher: attempt.hasher });
  }
  const { records, hasher } = attempt;
  const hash = await requestHash(call, hasher);
  const response = await workDone(claim.record, records, () =>
    route.handle({ ...call, request: hashedRequest(call.request, hash) }),
  );
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
  await keepAnswer({ ...claim.record, bodySha256: await hash.hex(), answer }, call, records);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/** Work that failed gives its key back. */
async function workDone(
  { partition, id }: IdempotencyRecord,
  records: IdempotencyRecords,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    await records.delete(partition, id);
    throw error;
  }
}

/** The work is done, so an answer that cannot be kept still goes to the client; its key stays reserved. */
async function keepAnswer(
  { etag, ...record }: Versioned<IdempotencyRecord>,
  { logger }: Call,
  records: IdempotencyRecords,
): Promise<void> {
  try {
    await records.replace(record, etag);
  } catch (error) {
    logger.log("error", "The answer to an idempotency key could not be kept", { error: causeText(error) });
  }
}

type Claim =
  | { readonly kind: "first"; readonly record: Versioned<IdempotencyRecord> }
  | { readonly kind: "known"; readonly record: IdempotencyRecord };

async function claimKey(route: Route, { principal }: Call, attempt: Attempt): Promise<Claim> {
  const { key, records, hasher, clock } = attempt;
  if (!SANE_KEY.test(key)) {
    throw new ServiceError("request-invalid", "The Idempotency-Key is not usable.", {
      errors: [{ field: "Idempotency-Key", message: "must have 1 to 255 visible ASCII characters" }],
    });
  }
  const record: IdempotencyRecord = {
    id: hasher.sha256Hex(`${route.spec.operationId} ${key}`),
    partition: principal.id,
    createdAt: clock.now().toISOString(),
    bodySha256: null,
    answer: null,
  };
  try {
    return { kind: "first", record: await records.create(record) };
  } catch (error) {
    if (!(error instanceof DocumentConflict)) {
      throw error;
    }
  }
  const known = await records.read(record.partition, record.id);
  if (known === undefined || isAbandoned(known, clock.now())) {
    return { kind: "first", record: await records.upsert(record) };
  }
  return { kind: "known", record: known };
}

function isAbandoned({ answer, createdAt }: IdempotencyRecord, now: Date): boolean {
  return answer === null && now.getTime() - Date.parse(createdAt) > ABANDONED_AFTER_MS;
}

interface Repetition {
  readonly record: IdempotencyRecord;
  readonly hasher: Hasher;
}

async function repeatedAnswer(route: Route, call: Call, { record, hasher }: Repetition): Promise<Response> {
  if (record.answer === null) {
    throw new ServiceError("idempotency-in-progress", "The first request with this key has not ended yet.", {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  const hash = await requestHash(call, hasher);
  for await (const chunk of bodyChunks(call.request, route.spec.body?.maxBytes ?? 0)) {
    await hash.update(chunk);
  }
  if ((await hash.hex()) !== record.bodySha256) {
    throw new ServiceError(
      "idempotency-key-reused",
      "The key was used for a request with another body or query.",
    );
  }
  const { body, status, headers } = record.answer;
  return new Response(body, { status, headers: { ...headers, "idempotency-replayed": "true" } });
}

/** The same request; every byte of its body that is read is hashed. */
function hashedRequest(request: Request, hash: RequestHash): Request {
  if (request.body === null) {
    return request;
  }
  const hashing = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      await hash.update(chunk);
      controller.enqueue(chunk);
    },
  });
  const { url, method, headers, signal } = request;
  return new Request(url, {
    method,
    headers,
    signal,
    body: request.body.pipeThrough(hashing),
    duplex: "half",
  });
}
