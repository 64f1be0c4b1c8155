/** Moments at which a process may die. */
export type KillPoint =
  | "before-commit"
  | "after-commit"
  | "before-activity"
  | "after-activity"
  | "before-orchestrator"
  | "after-orchestrator";

/** Troubles that the rules of Durable Functions allow, on purpose. Rates are probabilities, 0 to 1, default 0. */
export interface ChaosOptions {
  /** The source of all chance: a number in [0, 1). A seeded one makes a run repeatable. */
  readonly random: () => number;
  /** How often an activity runs twice. */
  readonly duplicateActivityRate?: number;
  /** How often an outcome or a timer arrives late. */
  readonly delayRate?: number;
  /** The most an outcome or a timer may be late. */
  readonly maxDelayMs?: number;
  /** How often the process dies at a {@link KillPoint}. */
  readonly killRate?: number;
  /** Ends the process, or calls `abandon`, which drops everything in memory as the end of the process would. */
  readonly kill?: (point: KillPoint, abandon: () => void) => void;
}

/** Decides, at the moments where it matters, whether something goes wrong. */
export class Chaos {
  readonly #options: ChaosOptions;
  readonly #abandon: () => void;

  /** Without options nothing ever goes wrong. */
  constructor(options: ChaosOptions | undefined, abandon: () => void) {
    this.#options = options ?? { random: () => 1 };
    this.#abandon = abandon;
  }

  mayDie(point: KillPoint): void {
    if (this.#happens(this.#options.killRate)) {
      this.#options.kill?.(point, this.#abandon);
    }
  }

  isActivityDuplicated(): boolean {
    return this.#happens(this.#options.duplicateActivityRate);
  }

  delayMs(): number {
    const { maxDelayMs = 0, delayRate, random } = this.#options;
    return this.#happens(delayRate) ? Math.floor(random() * maxDelayMs) : 0;
  }

  #happens(rate = 0): boolean {
    return rate > 0 && this.#options.random() < rate;
  }
}
