import { setTimeout as delay } from "node:timers/promises";
import { UndescribedAnswer } from "./described-answers.ts";

const INTERVAL_MS = 50;
const DEADLINE_MS = 60_000;

/**
 * Asks until the answer is the wanted one: for what happens in another process. A question that fails is asked again, as
 * while the app is started again; an answer that the API description does not have is an error at once.
 *
 * @throws Error with the last answer, or caused by the last failure, after `deadlineMs`, by default a minute.
 */
export async function until<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const outcome = await outcomeOf(ask);
    if ("answer" in outcome && isWanted(outcome.answer)) {
      return outcome.answer;
    }
    if (Date.now() > deadline) {
      throw "answer" in outcome
        ? new Error(`It did not become what it should: ${JSON.stringify(outcome.answer)}`)
        : new Error(`It could not be asked: ${String(outcome.failure)}`, { cause: outcome.failure });
    }
    await delay(INTERVAL_MS);
  }
}

async function outcomeOf<T>(
  ask: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly failure: unknown }> {
  try {
    return { answer: await ask() };
  } catch (failure) {
    if (failure instanceof UndescribedAnswer) {
      throw failure;
    }
    return { failure };
  }
}
