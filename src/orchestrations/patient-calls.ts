import type { OrchestrationContext, Task } from "durable-functions";
import type { Activities, Refusal } from "../application/ports/activities.ts";
import { type ActivityOutput, ActivityRefused, ATTEMPTS_PER_CALL, callActivity } from "./call-activity.ts";
import type { Cancellation } from "./cancellation.ts";

/** An activity that fails for so long ends what waits for it: outages of Azure are shorter. */
const PATIENCE_MS = 6 * 60 * 60_000;
const FIRST_PAUSE_SECONDS = 30;
const MAX_PAUSE_SECONDS = 300;
const BACKOFF_FACTOR = 2;

/** Which activity failed first, and when; it lasts until that one succeeds, whatever else has failed since. */
export interface Trouble {
  readonly activity: string;
  readonly sinceMs: number;
}

/**
 * The first that each orchestration asks Azure for. Here refused credentials are an answer, which whoever has configured
 * them hears at once; later they are an outage, because they were good before.
 */
const FIRST_CALLS: ReadonlySet<string> = new Set<keyof Activities>([
  "createAzureConsent",
  "suspendAzureEndpoint",
  "resumeAzureEndpoint",
]);

interface PatientCallsOptions {
  /** What an execution before this one has met. Default: null. */
  readonly trouble?: Trouble | null;
  /** Told how many times the activity was called in vain, before the pause. */
  readonly onFailedCalls?: (count: number) => void;
}

/** Calls activities and goes on through outages and refused credentials of hours, as long as nobody cancels. */
export class PatientCalls {
  readonly #context: OrchestrationContext;
  readonly #cancellation: Cancellation;
  readonly #onFailedCalls: (count: number) => void;
  #trouble: Trouble | null;

  constructor(
    context: OrchestrationContext,
    cancellation: Cancellation,
    { trouble = null, onFailedCalls = () => undefined }: PatientCallsOptions = {},
  ) {
    this.#context = context;
    this.#cancellation = cancellation;
    this.#trouble = trouble;
    this.#onFailedCalls = onFailedCalls;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** @throws Canceled; ActivityRefused at once; what the activity threw, and refused credentials, after six hours. */
  *call<Name extends keyof Activities>(
    name: Name,
    input: Parameters<Activities[Name]>[0],
  ): Generator<Task, ActivityOutput<Name>, (ActivityOutput<Name> | Refusal) & Task> {
    for (
      let seconds = FIRST_PAUSE_SECONDS;
      ;
      seconds = Math.min(seconds * BACKOFF_FACTOR, MAX_PAUSE_SECONDS)
    ) {
      try {
        const output = yield* callActivity(this.#context, name, input);
        this.#trouble = this.#trouble?.activity === name ? null : this.#trouble;
        return output;
      } catch (error) {
        this.#endure(name, error);
        this.#onFailedCalls(error instanceof ActivityRefused ? 1 : ATTEMPTS_PER_CALL);
      }
      yield* this.#cancellation.pause(seconds);
    }
  }

  #endure(activity: string, error: unknown): void {
    const nowMs = this.#context.df.currentUtcDateTime.getTime();
    this.#trouble ??= { activity, sinceMs: nowMs };
    const isFinal = error instanceof ActivityRefused && (FIRST_CALLS.has(activity) || !mayPass(error));
    if (isFinal || nowMs - this.#trouble.sinceMs >= PATIENCE_MS) {
      throw error;
    }
  }
}

/** Whether what was refused may succeed later: Azure knows our credentials again once the operator has mended them. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof ActivityRefused) || error.refusal.code === "speech-unauthorized";
}

/** What a voice's document says of an error that ended its orchestration. */
export function voiceFailureOf(error: unknown, verb: "retry" | "suspend" | "resume"): Refusal["refused"] {
  if (error instanceof ActivityRefused) {
    const { refusal } = error;
    const again = `When it is mended, POST /api/v1/voices/{id}/${verb}.`;
    return mayPass(error) ? { ...refusal, recovery: [...refusal.recovery, again] } : refusal;
  }
  return {
    code: "custom-voice-unavailable",
    message: "The custom voice service kept failing until all attempts were used up.",
    recovery: [`Wait until the service is back, then POST /api/v1/voices/{id}/${verb}.`],
  };
}
