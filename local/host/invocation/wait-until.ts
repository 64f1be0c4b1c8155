import type { HostClock } from "../clock.ts";

/** Resolves at the given time of the clock, or as soon as the signal is aborted. */
export async function waitUntil(clock: HostClock, timeMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) {
    return;
  }
  await new Promise<void>((resolve) => {
    const cancel = clock.at(timeMs, () => {
      signal.removeEventListener("abort", end);
      resolve();
    });
    const end = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}
