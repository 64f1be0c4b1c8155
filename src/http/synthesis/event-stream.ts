/** Who reads a stream. */
export interface Listening {
  readonly hangUp: AbortController;
  /** Aborts with `hangUp`, or when the host tells that the client has gone. */
  readonly signal: AbortSignal;
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
  { hangUp, signal }: Listening,
): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const leave = (): void => {
    iterator.return?.().catch(() => undefined);
  };
  signal.addEventListener("abort", leave, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await iterator.next();
          if (done === true) {
            signal.removeEventListener("abort", leave);
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
