/** Longest delay `setTimeout` honours; anything above fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The time as the host sees it. Tests put a {@link VirtualClock} in its place. */
export interface HostClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `callback` once when the clock reaches `timeMs`, at once (never synchronously) when that has passed.
   * Returns what cancels it.
   */
  at(timeMs: number, callback: () => void): () => void;
}

/** The clock of the machine. Never rings early, which `setTimeout` does by up to a millisecond. */
export class RealClock implements HostClock {
  now(): number {
    return Date.now();
  }

  at(timeMs: number, callback: () => void): () => void {
    let timeout: NodeJS.Timeout;
    const wait = (): void => {
      timeout = setTimeout(ring, Math.min(Math.max(0, timeMs - Date.now()), MAX_TIMEOUT_MS));
    };
    const ring = (): void => {
      if (Date.now() < timeMs) {
        wait();
      } else {
        callback();
      }
    };
    wait();
    return () => {
      clearTimeout(timeout);
    };
  }
}

interface Alarm {
  readonly timeMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is advanced. */
export class VirtualClock implements HostClock {
  #nowMs: number;
  /** Ordered by time, then by the order of the calls. */
  readonly #alarms: Alarm[] = [];

  constructor(startMs: number = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, callback: () => void): () => void {
    const alarm: Alarm = { timeMs, callback };
    const before = this.#alarms.findLastIndex((other) => other.timeMs <= timeMs);
    this.#alarms.splice(before + 1, 0, alarm);
    if (timeMs <= this.#nowMs) {
      setImmediate(() => {
        this.#ring(this.#nowMs);
      });
    }
    return () => {
      const index = this.#alarms.indexOf(alarm);
      if (index >= 0) {
        this.#alarms.splice(index, 1);
      }
    };
  }

  /** When the next callback is due; undefined when nobody waits. */
  nextDueMs(): number | undefined {
    return this.#alarms[0]?.timeMs;
  }

  advance(durationMs: number): void {
    this.advanceTo(this.#nowMs + durationMs);
  }

  /** Moves to `timeMs`, stopping at every due time on the way to call what is due then. */
  advanceTo(timeMs: number): void {
    this.#ring(timeMs);
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  /** As {@link advanceTo}, but after every stop waits until `settle` says that what the callbacks began is done. */
  async advanceSettling(timeMs: number, settle: () => Promise<void>): Promise<void> {
    await settle();
    for (let due = this.nextDueMs(); due !== undefined && due <= timeMs; due = this.nextDueMs()) {
      this.advanceTo(due);
      await settle();
    }
    this.advanceTo(timeMs);
  }

  #ring(untilMs: number): void {
    for (let first = this.#alarms[0]; first && first.timeMs <= untilMs; first = this.#alarms[0]) {
      this.#alarms.shift();
      this.#nowMs = Math.max(this.#nowMs, first.timeMs);
      first.callback();
    }
  }
}
