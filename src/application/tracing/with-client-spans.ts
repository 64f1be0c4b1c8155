import type { ActiveCalls } from "../ports/active-call.ts";
import type { Span, Tracer } from "../ports/tracer.ts";
import { failureAttributes } from "./failure-attributes.ts";

export interface ClientSpanParts {
  readonly tracer: Tracer;
  readonly activeCalls: ActiveCalls;
  /** Name of the outside system, for example `speech`. */
  readonly system: string;
}

/**
 * The same port; every method that answers with a promise or an async generator is a span below the request that it is
 * for. It ends with the promise, or with the generator's last value; a generator that nobody reads makes none.
 */
export function withClientSpans<T extends object>(
  port: T,
  { tracer, activeCalls, system }: ClientSpanParts,
): T {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== "function") {
        return member;
      }
      return (...args: readonly unknown[]): unknown => {
        const parent = activeCalls.current()?.traceparent;
        const start = () => tracer.start({ name: `${system} ${String(key)}`, kind: "client", parent });
        const answer: unknown = Reflect.apply(member, target, args);
        if (answer instanceof Promise) {
          void settled(answer, start());
        }
        return isAsyncGenerator(answer) ? spanned(answer, start) : answer;
      };
    },
  });
}

async function settled(answer: Promise<unknown>, span: Span): Promise<void> {
  try {
    await answer;
    span.end({ isFailed: false });
  } catch (error) {
    span.end({ isFailed: true, attributes: failureAttributes(error) });
  }
}

function isAsyncGenerator(answer: unknown): answer is AsyncGenerator {
  return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer && "next" in answer;
}

async function* spanned(values: AsyncGenerator, start: () => Span): AsyncGenerator {
  const span = start();
  let failure: { readonly error: unknown } | undefined;
  try {
    return yield* values;
  } catch (error) {
    failure = { error };
    throw error;
  } finally {
    span.end(
      failure === undefined
        ? { isFailed: false }
        : { isFailed: true, attributes: failureAttributes(failure.error) },
    );
  }
}
