/**
 * Writes events as the bytes of a body, one read at a time. When the client hangs up, `hangUp` is aborted at once, even
 * while an event is waited for.
 *
 * @param bytesOf what an event is in the body; undefined for nothing.
 */
export function streamOf<E>(
  events: AsyncIterable<E>,
  bytesOf: (event: E) => Uint8Array | undefined,
  hangUp: AbortController,
): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await iterator.next();
          if (done === true) {
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
