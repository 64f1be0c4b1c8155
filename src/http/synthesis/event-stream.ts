import type { StreamEnding } from "./stream-ending.ts";

/** Who reads a stream. */
export interface Listening {
  readonly hangUp: AbortController;
  /** Aborts with `hangUp`, or when the host tells that the client has gone. */
  readonly signal: AbortSignal;
  /** Told how the stream ends; only the first time counts. */
  readonly onEnd: (ending: StreamEnding) => void;
}

/**
 * Writes events as the bytes of a body, one read at a time. When the client hangs up, `hangUp` is aborted at once, even
 * while an event is waited for, and the events are left.
 *
 * @param bytesOf what an event is in the body; undefined for nothing.
 */
export function streamOf<E>(
  events: AsyncIterable<E>,
  bytesOf: (event: E) => Uint8Array | undefined,
  { hangUp, signal, onEnd }: Listening,
): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const leave = (): void => {
    onEnd({ outcome: "aborted" });
    iterator.return?.().catch(() => undefined);
  };
  signal.addEventListener("abort", leave, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await iterator.next().catch((error: unknown) => {
            onEnd(signal.aborted ? { outcome: "aborted" } : { outcome: "failed", error });
            throw error;
          });
          if (done === true) {
            signal.removeEventListener("abort", leave);
            onEnd({ outcome: signal.aborted ? "aborted" : "complete" });
            controller.close();
            return;
          }
          const bytes = bytesOf(value);
          if (bytes !== undefined) {
            controller.enqueue(bytes);
            return;
          }
        }
      },
      cancel() {
        hangUp.abort(new DOMException("The client hung up.", "AbortError"));
      },
    },
    { highWaterMark: 0 },
  );
}
