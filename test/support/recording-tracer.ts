import { childOf, parseTraceparent, traceparentOf } from "../../src/adapters/telemetry/trace-context.ts";
import type { Span, SpanAttributes, SpanStart, Tracer } from "../../src/application/ports/tracer.ts";

export interface RecordedSpan extends SpanStart {
  readonly traceparent: string;
  isFailed: boolean | undefined;
  attributes: SpanAttributes;
}

/** Spans in a list, in the order in which they started. */
export class RecordingTracer implements Tracer {
  readonly spans: RecordedSpan[] = [];

  start(start: SpanStart): Span {
    const traceparent = traceparentOf(childOf(parseTraceparent(start.parent)));
    const recorded: RecordedSpan = { ...start, traceparent, isFailed: undefined, attributes: {} };
    this.spans.push(recorded);
    return {
      traceparent,
      end: ({ isFailed, attributes = {} }) => {
        recorded.isFailed = isFailed;
        recorded.attributes = attributes;
      },
    };
  }
}
