import type { CustomVoiceService } from "../../../src/application/ports/custom-voice.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";

/** What happens at one call of the service. */
export type AzureFault =
  /** Never answers this operation again; the others go on. */
  | "down-for-good"
  | "down-once"
  | "throttled-once"
  | "not-approved"
  /** Does the work and loses the answer. */
  | "answer-lost";

const CREATIONS = [
  "createProject",
  "createConsent",
  "createPersonalVoice",
  "createTrainingSet",
  "createModel",
  "createEndpoint",
];

/**
 * The custom voice service in a map: whatever is made has succeeded at the second look. It counts what was made, so that
 * a test sees what is left and what was made twice.
 */
export class MemoryAzure {
  /** `consent/voice_1` → how often it was looked at. */
  readonly resources = new Map<string, number>();
  readonly calls: string[] = [];
  readonly uploads: string[] = [];
  /** Nothing answers while it is set. */
  isDown = false;
  /** Every call is refused with 401 while it is set. */
  isLockedOut = false;
  fault: { readonly callIndex: number; readonly kind: AzureFault } | undefined;
  /** Reason with which a resource fails, by the kind of resource. */
  readonly failures = new Map<string, string>();
  #broken: string | undefined;
  readonly #suspended = new Set<string>();

  /** The port over this map. */
  service(): CustomVoiceService {
    const handler: ProxyHandler<object> = {
      get: (_target, operation: string) => (input: unknown, extra: unknown) =>
        this.#call(operation, input, extra),
    };
    return new Proxy({}, handler) as CustomVoiceService;
  }

  /** Everything answers again. */
  mend(): void {
    this.isDown = false;
    this.isLockedOut = false;
    this.fault = undefined;
    this.#broken = undefined;
  }

  /** The removals that were asked for, in order. */
  removals(): readonly string[] {
    return this.calls.filter((operation) => operation.startsWith("delete"));
  }

  async #call(operation: string, input: unknown, _extra: unknown): Promise<unknown> {
    const index = this.calls.push(operation) - 1;
    const fault = this.fault?.callIndex === index ? this.fault.kind : undefined;
    if (fault === "down-for-good") {
      this.#broken = operation;
    }
    const refusal = this.#refusalOf(operation, fault);
    if (refusal !== undefined) {
      throw refusal;
    }
    const answer = this.#answer(operation, idOf(input));
    if (fault === "answer-lost") {
      throw new ServiceError("custom-voice-unavailable", "The connection broke.");
    }
    return answer;
  }

  #refusalOf(operation: string, fault: AzureFault | undefined): ServiceError | undefined {
    if (this.isDown || this.#broken === operation || fault === "down-once") {
      return new ServiceError("custom-voice-unavailable", "No answer.");
    }
    if (this.isLockedOut) {
      return new ServiceError("speech-unauthorized", "Access denied.");
    }
    if (fault === "throttled-once") {
      return new ServiceError("speech-throttled", "Too many requests.");
    }
    return fault === "not-approved" ? new ServiceError("custom-voice-not-approved", "Forbidden.") : undefined;
  }

  #answer(operation: string, id: string): unknown {
    const kind = operation
      .replace(/^(create|delete)/, "")
      .replace(/State$/, "")
      .toLowerCase();
    if (CREATIONS.includes(operation)) {
      this.resources.set(`${kind}/${id}`, this.resources.get(`${kind}/${id}`) ?? 0);
      return undefined;
    }
    if (operation.startsWith("delete")) {
      this.resources.delete(`${kind}/${id}`);
      return undefined;
    }
    if (operation === "uploadTrainingData") {
      this.uploads.push(id);
      return undefined;
    }
    if (operation === "suspendEndpoint") {
      this.#suspended.add(id);
      return undefined;
    }
    if (operation === "resumeEndpoint") {
      this.#suspended.delete(id);
      return undefined;
    }
    return this.#suspended.has(id) ? { state: "suspended" } : this.#state(kind, id);
  }

  #state(kind: string, id: string): unknown {
    const key = `${kind}/${id}`;
    const looks = this.resources.get(key);
    if (looks === undefined) {
      throw new ServiceError("custom-voice-refused", `There is no ${key}.`);
    }
    this.resources.set(key, looks + 1);
    const reason = this.failures.get(kind);
    if (looks > 0 && reason !== undefined) {
      return { state: "failed", reason, utteranceCount: 0 };
    }
    return {
      state: looks > 0 ? "succeeded" : "running",
      speakerProfileId: "profile-1",
      utteranceCount: 300,
      secondaryLocales: looks > 0 ? ["de-DE", "fr-FR"] : [],
    };
  }
}

function idOf(input: unknown): string {
  if (typeof input === "string") {
    return input;
  }
  const { id, trainingSetId } = input as { readonly id?: string; readonly trainingSetId?: string };
  return id ?? trainingSetId ?? "";
}
