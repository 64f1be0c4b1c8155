/** Time as a stand-in sees it; tests hand in one that they advance. */
export interface StandInClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once when the time has come, never synchronously. Returns what cancels it. */
  at(timeMs: number, callback: () => void): () => void;
}

/** The longest wait of a timer of Node. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: StandInClock = {
  now: () => Date.now(),
  at(timeMs, callback) {
    let timeout: NodeJS.Timeout;
    const wait = (): void => {
      const remainingMs = Math.max(0, timeMs - Date.now());
      const isLastWait = remainingMs <= MAX_TIMEOUT_MS;
      timeout = setTimeout(isLastWait ? callback : wait, Math.min(remainingMs, MAX_TIMEOUT_MS));
    };
    wait();
    return () => clearTimeout(timeout);
  },
};
