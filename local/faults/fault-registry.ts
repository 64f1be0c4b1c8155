import { randomUUID } from "node:crypto";
import { seededRandom } from "./seeded-random.ts";
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
  /** Null when it happens to every call that fits. */
  readonly rate: { readonly share: number; readonly seed: number } | null;
  /** How often it has happened. */
  readonly happened: number;
}

type ActionOf<Kind extends FaultKind> = Extract<FaultAction, { readonly kind: Kind }>;

/** The faults that wait to happen, for all stand-ins together. The one added first happens first. */
export class FaultRegistry {
  readonly #now: () => number;
  #faults: readonly RegisteredFault[] = [];
  /** By the id of a fault with a rate: its chance, number by number. */
  readonly #chances = new Map<string, () => number>();

  /** @param now milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @throws ZodError for a fault that does not exist. */
  add(request: FaultRequest): RegisteredFault {
    const { service, match, action, times, rate = null } = faultSchema.parse(request);
    const remaining = times === "once" ? 1 : typeof times === "number" ? times : null;
    const endsAt = typeof times === "object" ? new Date(this.#now() + times.forMs).toISOString() : null;
    const fault = { id: randomUUID(), service, match, action, remaining, endsAt, rate, happened: 0 };
    if (rate !== null) {
      this.#chances.set(fault.id, seededRandom(rate.seed));
    }
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
    this.#chances.clear();
  }

  /** Uses up the first fault of one of these kinds that fits the call. */
  take<Kind extends FaultKind>(facts: FaultFacts, kinds: readonly Kind[]): ActionOf<Kind> | undefined {
    for (const fault of this.list()) {
      if (isOfKind(fault.action, kinds) && fits(fault, facts) && this.#hits(fault)) {
        this.#use(fault);
        return fault.action;
      }
    }
    return undefined;
  }

  #hits({ id, rate }: RegisteredFault): boolean {
    const next = this.#chances.get(id);
    return rate === null || next === undefined || next() < rate.share;
  }

  #use(used: RegisteredFault): void {
    this.#faults = this.#faults.flatMap((fault) => {
      if (fault !== used) {
        return [fault];
      }
      const happened = fault.happened + 1;
      if (fault.remaining === null) {
        return [{ ...fault, happened }];
      }
      return fault.remaining === 1 ? [] : [{ ...fault, happened, remaining: fault.remaining - 1 }];
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
