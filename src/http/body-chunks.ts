import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyTooLarge } from "./body-too-large.ts";

/** A client that sends nothing for so long has lost its connection or means harm. */
const IDLE_TIMEOUT_MS = 15_000;

/** 8 KB/s is what the slowest honest connection reaches; slower ones hold a place that others need. */
const MIN_BYTES_PER_SECOND = 8 * 1024;
const GRACE_MS = 30_000;

export interface BodyPace {
  readonly idleTimeoutMs: number;
  /** Time that every body may take, however small it is. */
  readonly graceMs: number;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

const PACE: BodyPace = {
  idleTimeoutMs: IDLE_TIMEOUT_MS,
  graceMs: GRACE_MS,
  nowMs: () => performance.now(),
};

/**
 * The body as it comes; reading stops as soon as it is too large or too slow.
 *
 * @throws {@link ServiceError} `request-too-large`, `request-timed-out`.
 */
export async function* bodyChunks(
  request: Request,
  maxBytes: number,
  pace: BodyPace = PACE,
): AsyncGenerator<Uint8Array, void, void> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw bodyTooLarge(maxBytes);
  }
  const reader = request.body?.getReader();
  const startedMs = pace.nowMs();
  let sizeBytes = 0;
  try {
    for (
      let chunk = await nextChunk(reader, pace);
      chunk !== undefined;
      chunk = await nextChunk(reader, pace)
    ) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) {
        throw bodyTooLarge(maxBytes);
      }
      if (pace.nowMs() - startedMs > pace.graceMs + (sizeBytes / MIN_BYTES_PER_SECOND) * 1000) {
        throw timedOut();
      }
      yield chunk;
    }
  } finally {
    reader?.cancel().catch(() => undefined);
  }
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  { idleTimeoutMs }: BodyPace,
): Promise<Uint8Array | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timedOut()), idleTimeoutMs);
  });
  try {
    const result = await Promise.race([reader?.read(), idle]);
    return result?.value;
  } finally {
    clearTimeout(timer);
  }
}

function timedOut(): ServiceError {
  return new ServiceError("request-timed-out", "The body of the request arrived too slowly.");
}
