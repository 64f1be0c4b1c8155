/** What a span is: a request that came in, a call that goes out, or work in between. */
export type SpanKind = "server" | "client" | "internal";

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanStart {
  /** From a small set: a route or an operation, never an id or a text. */
  readonly name: string;
  readonly kind: SpanKind;
  /** W3C trace context of what caused it; anything invalid, or undefined, starts a new trace. */
  readonly parent: string | undefined;
}

export interface Span {
  /** W3C trace context for whatever this span causes: `00-{traceId}-{spanId}-{flags}`. */
  readonly traceparent: string;
  /** Ends the span; attributes never carry secrets, spoken text or names of people. */
  end(result: { readonly isFailed: boolean; readonly attributes?: SpanAttributes }): void;
}

/**
 * Follows work across processes.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
export interface Tracer {
  start(span: SpanStart): Span;
}
