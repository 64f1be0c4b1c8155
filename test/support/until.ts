import { setTimeout as delay } from "node:timers/promises";

const INTERVAL_MS = 50;
const DEADLINE_MS = 60_000;

/**
 * Asks until the answer is the wanted one: for what happens in another process.
 *
 * @throws Error with the last answer after `deadlineMs`, by default a minute.
 */
export async function until<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`It did not become what it should: ${JSON.stringify(answer)}`);
    }
    await delay(INTERVAL_MS);
  }
}
