import type { ActiveCalls } from "../ports/active-call.ts";
import type { Tracer } from "../ports/tracer.ts";

export interface ClientSpanParts {
  readonly tracer: Tracer;
  readonly activeCalls: ActiveCalls;
  /** Name of the outside system, for example `speech`. */
  readonly system: string;
}

/** The same port; every method that answers with a promise is a span below the request that it is for. */
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
        const answer: unknown = Reflect.apply(member, target, args);
        if (answer instanceof Promise) {
          const parent = activeCalls.current()?.traceparent;
          const span = tracer.start({ name: `${system} ${String(key)}`, kind: "client", parent });
          answer.then(
            () => span.end({ isFailed: false }),
            () => span.end({ isFailed: true }),
          );
        }
        return answer;
      };
    },
  });
}
