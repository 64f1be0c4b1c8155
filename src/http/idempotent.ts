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

/** A first request without an answer after this time died with its process, or its answer could not be kept. */
const ABANDONED_AFTER_MS = 5 * 60 * 1000;
const MAX_CLAIMS = 3;
const RETRY_AFTER_SECONDS = 2;
const SANE_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The same route, which does its work once per Idempotency-Key: a repetition with the same body gets the first answer
 * again for a day. A request that failed may be repeated with its key. A key whose first request has left no answer is
 * never used for a second run, which could do the work twice: it is refused as one in progress, and later as one whose
 * outcome is unknown.
 *
 * @throws {@link ServiceError} `idempotency-key-reused`, `idempotency-in-progress`, `idempotency-outcome-unknown`,
 * `request-invalid`, `request-too-large`, `request-timed-out`.
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
  const { records, hasher } = attempt;
  const hash = await requestHash(call, hasher);
  const claim = await claimKey(route, call, attempt);
  if (claim.kind === "known") {
    return repeatedAnswer(route, call, { ...attempt, record: claim.record, hash });
  }
  const response = await workDone({ ...claim, call, records }, () =>
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

interface Work {
  readonly record: IdempotencyRecord;
  readonly call: Call;
  readonly records: IdempotencyRecords;
}

/** Work that failed gives its key back, where the store lets it. */
async function workDone({ record, call, records }: Work, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    await records.delete(record.partition, record.id).catch((cause: unknown) => {
      call.logger.log("error", "An idempotency key could not be given back", { error: causeText(cause) });
    });
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
  for (let claims = 0; claims < MAX_CLAIMS; claims += 1) {
    const created = await createdUnlessThere(record, records);
    if (created !== undefined) {
      return { kind: "first", record: created };
    }
    const known = await records.read(record.partition, record.id);
    if (known !== undefined) {
      return { kind: "known", record: known };
    }
    // Another request has failed and given the key back in the meantime.
  }
  throw inProgress();
}

async function createdUnlessThere(
  record: IdempotencyRecord,
  records: IdempotencyRecords,
): Promise<Versioned<IdempotencyRecord> | undefined> {
  try {
    return await records.create(record);
  } catch (error) {
    if (error instanceof DocumentConflict) {
      return undefined;
    }
    throw error;
  }
}

/** Why there is no answer to repeat. */
function unanswered({ createdAt }: IdempotencyRecord, now: Date): ServiceError {
  return now.getTime() - Date.parse(createdAt) > ABANDONED_AFTER_MS ? outcomeUnknown() : inProgress();
}

function outcomeUnknown(): ServiceError {
  return new ServiceError(
    "idempotency-outcome-unknown",
    "The first request with this key has left no answer: it may have been done or not, and is not done again.",
  );
}

function inProgress(): ServiceError {
  return new ServiceError("idempotency-in-progress", "The first request with this key has not ended yet.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

interface Repetition {
  readonly record: IdempotencyRecord;
  readonly hash: RequestHash;
  readonly clock: Clock;
}

async function repeatedAnswer(
  route: Route,
  call: Call,
  { record, hash, clock }: Repetition,
): Promise<Response> {
  if (record.answer === null) {
    throw unanswered(record, clock.now());
  }
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
