import { randomUUID } from "node:crypto";
import { faultSchema } from "./fault.ts";
import type { FaultAction, FaultKind, FaultRequest } from "./fault.ts";

/** What is known of a call; `match` of a fault is compared with it. */
export interface FaultFacts {
  readonly service: string;
  readonly [fact: string]: string | undefined;
}

export interface RegisteredFault {
  readonly id: string;
  readonly service: string;
  readonly match: Readonly<Record<string, string>>;
  readonly action: FaultAction;
  /** How often it can still happen; null while it is bound by time only. */
  readonly remaining: number | null;
  /** ISO-8601; null when it is bound by count only. */
  readonly endsAt: string | null;
}

type ActionOf<Kind extends FaultKind> = Extract<FaultAction, { readonly kind: Kind }>;

/** The faults that wait to happen, for all stand-ins together. The one added first happens first. */
export class FaultRegistry {
  readonly #now: () => number;
  #faults: readonly RegisteredFault[] = [];

  /** @param now milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @throws ZodError for a fault that does not exist. */
  add(request: FaultRequest): RegisteredFault {
    const { service, match, action, times } = faultSchema.parse(request);
    const remaining = times === "once" ? 1 : typeof times === "number" ? times : null;
    const endsAt = typeof times === "object" ? new Date(this.#now() + times.forMs).toISOString() : null;
    const fault = { id: randomUUID(), service, match, action, remaining, endsAt };
    this.#faults = [...this.list(), fault];
    return fault;
  }

  list(): readonly RegisteredFault[] {
    const now = new Date(this.#now()).toISOString();
    this.#faults = this.#faults.filter(({ endsAt }) => endsAt === null || endsAt > now);
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Uses up the first fault of one of these kinds that fits the call. */
  take<Kind extends FaultKind>(facts: FaultFacts, kinds: readonly Kind[]): ActionOf<Kind> | undefined {
    for (const fault of this.list()) {
      if (isOfKind(fault.action, kinds) && fits(fault, facts)) {
        this.#use(fault);
        return fault.action;
      }
    }
    return undefined;
  }

  #use(used: RegisteredFault): void {
    this.#faults = this.#faults.flatMap((fault) => {
      if (fault !== used || fault.remaining === null) {
        return [fault];
      }
      return fault.remaining === 1 ? [] : [{ ...fault, remaining: fault.remaining - 1 }];
    });
  }
}

function isOfKind<Kind extends FaultKind>(
  action: FaultAction,
  kinds: readonly Kind[],
): action is ActionOf<Kind> {
  return kinds.some((kind) => kind === action.kind);
}

function fits(fault: RegisteredFault, facts: FaultFacts): boolean {
  return (
    fault.service === facts.service &&
    Object.entries(fault.match).every(([fact, value]) => facts[fact] === value)
  );
}
