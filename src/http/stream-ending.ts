/** How a streamed answer ended, long after its status was sent. */
export type StreamEnding =
  | { readonly outcome: "complete" }
  /** The client has gone. */
  | { readonly outcome: "aborted" }
  | { readonly outcome: "failed"; readonly error: unknown };

/** Told how an answer ends; only the first time counts. */
export type OnStreamEnd = (ending: StreamEnding) => void;

/** An answer whose body is made, or fetched, while the client reads it; the pipeline tells observers how it ends. */
export class StreamedResponse extends Response {
  constructor(body: ReadableStream<Uint8Array>, headers: Readonly<Record<string, string>>) {
    super(body, { headers });
  }
}

/** Hands on the first ending: what follows from it is no second one. */
export function firstEnding(onEnd: OnStreamEnd): OnStreamEnd {
  let isOver = false;
  return (ending) => {
    if (!isOver) {
      isOver = true;
      onEnd(ending);
    }
  };
}

/**
 * The same body, read one chunk at a time, whose end is told.
 *
 * @param signal aborts when the client has gone, also before it has read anything.
 */
export function withEnding(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onEnd: OnStreamEnd,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const leave = (): void => onEnd({ outcome: "aborted" });
  signal.addEventListener("abort", leave, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          onEnd(signal.aborted ? { outcome: "aborted" } : { outcome: "failed", error });
          throw error;
        });
        if (done) {
          signal.removeEventListener("abort", leave);
          onEnd({ outcome: signal.aborted ? "aborted" : "complete" });
          controller.close();
          return;
        }
        controller.enqueue(value);
      },
      async cancel(reason) {
        leave();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
