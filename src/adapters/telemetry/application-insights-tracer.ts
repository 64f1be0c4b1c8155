import { type Context, type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Logger } from "../../application/ports/logger.ts";
import type { Span, SpanAttributes, SpanStart, Tracer } from "../../application/ports/tracer.ts";
import { childOf, parseTraceparent, type TraceContext, traceparentOf } from "./trace-context.ts";

export interface ApplicationInsightsOptions {
  readonly connectionString: string;
  readonly logger: Logger;
  /** Share of traces that are kept, 0..1. Default 1. */
  readonly samplingRatio?: number;
}

/** Spans that ended before the library was loaded; more than these are dropped. */
const MAX_WAITING = 500;

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

interface EndedSpan {
  readonly start: SpanStart;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly context: TraceContext;
  readonly isFailed: boolean;
  readonly attributes: SpanAttributes;
}

/**
 * Sends spans to Application Insights. The library takes a second to load, so that it is loaded after the first span has
 * ended; spans that ended before it was there are sent then, in their trace, with their times, under ids of their own.
 */
export class ApplicationInsightsTracer implements Tracer {
  readonly #options: ApplicationInsightsOptions;
  #loading: Promise<void> | undefined;
  #isLoaded = false;
  #waiting: EndedSpan[] = [];

  constructor(options: ApplicationInsightsOptions) {
    this.#options = options;
  }

  start(start: SpanStart): Span {
    return this.#isLoaded ? recordedSpan(start) : this.#bufferedSpan(start);
  }

  /** Loads the library if need be and sends what waits. */
  async flush(): Promise<void> {
    await this.#load();
    const library = await import("applicationinsights");
    await library.flushAzureMonitor();
  }

  async shutdown(): Promise<void> {
    if (this.#loading !== undefined) {
      await this.#loading;
      const library = await import("applicationinsights");
      await library.shutdownAzureMonitor();
    }
  }

  #bufferedSpan(start: SpanStart): Span {
    const context = childOf(parseTraceparent(start.parent));
    const startedAt = new Date();
    return {
      traceparent: traceparentOf(context),
      end: ({ isFailed, attributes = {} }) => {
        if (this.#waiting.length < MAX_WAITING) {
          this.#waiting.push({ start, startedAt, endedAt: new Date(), context, isFailed, attributes });
        }
        void this.#load();
      },
    };
  }

  #load(): Promise<void> {
    this.#loading ??= this.#start().catch((error: unknown) => {
      this.#options.logger.log("error", "Application Insights could not be started", {
        error: String(error),
      });
    });
    return this.#loading;
  }

  async #start(): Promise<void> {
    const { useAzureMonitor } = await import("applicationinsights");
    useAzureMonitor({
      azureMonitorExporterOptions: { connectionString: this.#options.connectionString },
      tracesPerSecond: 0,
      samplingRatio: this.#options.samplingRatio ?? 1,
      enableLiveMetrics: false,
      enableStandardMetrics: false,
      enablePerformanceCounters: false,
      enableAutoCollectExceptions: false,
      enableAutoCollectDependencies: false,
      enableAutoCollectRequests: false,
      instrumentationOptions: NO_INSTRUMENTATION,
    });
    this.#isLoaded = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(sendLate);
  }
}

/** Spans are made here; automatic ones would be a second set of the same. */
const NO_INSTRUMENTATION = {
  http: { enabled: false },
  azureSdk: { enabled: false },
  mongoDb: { enabled: false },
  mySql: { enabled: false },
  postgreSql: { enabled: false },
  redis: { enabled: false },
  redis4: { enabled: false },
} as const;

function recordedSpan(start: SpanStart): Span {
  const span = tracer().startSpan(start.name, { kind: KINDS[start.kind] }, parentContext(start.parent));
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: traceparentOf({ traceId, spanId, flags: traceFlags.toString(16).padStart(2, "0") }),
    end: ({ isFailed, attributes = {} }) => {
      span.setAttributes(attributes);
      span.setStatus({ code: isFailed ? SpanStatusCode.ERROR : SpanStatusCode.OK });
      span.end();
    },
  };
}

/** Stays in its trace; a link names the id under which it was known while it ran. */
function sendLate({ start, startedAt, endedAt, context, isFailed, attributes }: EndedSpan): void {
  const known: Link = { context: { traceId: context.traceId, spanId: context.spanId, traceFlags: 1 } };
  const span = tracer().startSpan(
    start.name,
    { kind: KINDS[start.kind], startTime: startedAt, links: [known], attributes },
    parentContext(start.parent ?? traceparentOf(context)),
  );
  span.setStatus({ code: isFailed ? SpanStatusCode.ERROR : SpanStatusCode.OK });
  span.end(endedAt);
}

function tracer() {
  return trace.getTracer("azure-voice-cloning-api");
}

function parentContext(traceparent: string | undefined): Context {
  const parent = parseTraceparent(traceparent);
  return parent === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parent.traceId,
        spanId: parent.spanId,
        traceFlags: Number.parseInt(parent.flags, 16),
        isRemote: true,
      });
}
