/** How a call to Azure went, as far as capacity is concerned. */
export type CapacitySignal = "ok" | "slow" | "throttled" | "failed";

/** The share of a configured limit that is in effect. */
export interface LimitFactor {
  /** {@link FLOOR}..1 */
  readonly factor: number;
  readonly changedAtMs: number;
}

export const FLOOR = 0.1;
const DECREASE = 0.7;
const INCREASE_PER_SECOND = 0.01;
const MAX_INCREASE = 0.1;

/** Signals of one congestion count once, however many calls or instances report it. */
const DECREASE_INTERVAL_MS = 2_000;
const INCREASE_INTERVAL_MS = 1_000;

/** Multiplicative decrease on trouble, additive increase over time on success, never under the floor. */
export function nextFactor(current: LimitFactor, signal: CapacitySignal, nowMs: number): LimitFactor {
  const elapsedMs = nowMs - current.changedAtMs;
  if (signal !== "ok") {
    return elapsedMs < DECREASE_INTERVAL_MS && current.factor < 1
      ? current
      : { factor: Math.max(FLOOR, current.factor * DECREASE), changedAtMs: nowMs };
  }
  if (current.factor === 1 || elapsedMs < INCREASE_INTERVAL_MS) {
    return current;
  }
  const increase = Math.min(MAX_INCREASE, (elapsedMs / 1000) * INCREASE_PER_SECOND);
  return { factor: Math.min(1, current.factor + increase), changedAtMs: nowMs };
}
