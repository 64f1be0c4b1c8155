import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StandInControl } from "../../faults/control.ts";
import { RealClock } from "../../host/clock.ts";
import type { HostClock } from "../../host/clock.ts";
import type { Credentials } from "../../stand-in/credentials.ts";
import type { StandInHandler } from "../../stand-in/exchange.ts";
import { idSchema } from "../../stand-in/resource-api/id-schema.ts";
import { LongRunningWork } from "../../stand-in/resource-api/long-running-work.ts";
import { parseArguments } from "../../stand-in/resource-api/refusals.ts";
import { resourceHandler } from "../../stand-in/resource-api/resource-handler.ts";
import type { ResourceApi } from "../../stand-in/resource-api/resource-handler.ts";
import { ResourceStore } from "../../stand-in/resource-api/store.ts";
import { workOperations } from "../../stand-in/resource-api/work-operations.ts";
import type { SpeechState } from "../speech-state.ts";
import { uuidSchema } from "./argument-schemas.ts";
import { baseModelOperations } from "./base-models.ts";
import { checkConsentTask } from "./check-consent.ts";
import { openCollections } from "./collections.ts";
import { consentOperations } from "./consents.ts";
import { CUSTOM_VOICE } from "./context.ts";
import type { CustomVoiceContext, Durations, Enroll } from "./context.ts";
import { DEPLOY_TASK, RESUME_TASK, SUSPEND_TASK, endpointOperations, endpointTask } from "./endpoints.ts";
import { makePersonalVoiceTask } from "./make-personal-voice.ts";
import { TRAINING_TASK, modelOperations } from "./models.ts";
import { personalVoiceOperations } from "./personal-voices.ts";
import { processUploadTask } from "./process-upload.ts";
import { projectOperations } from "./projects.ts";
import { speechStateOf } from "./speech-state.ts";
import { trainModelTask } from "./train-model.ts";
import { UPLOAD_TASK, trainingSetOperations } from "./training-sets.ts";

export interface CustomVoiceOptions {
  /** Made when it is missing. */
  readonly dataDirectory: string;
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly enroll: Enroll;
  /** Default: the machine's. */
  readonly clock?: HostClock;
  /** Default: {@link DURATIONS}. */
  readonly durations?: Partial<Durations>;
  /** Whether the resource has been granted Limited Access; every call answers 403 otherwise. Default: true. */
  readonly isApproved?: boolean;
  /** Whether more than 50 requests in 10 s are answered with 429. Default: true. */
  readonly limitsRate?: boolean;
  /** Hears of bugs of the stand-in. */
  readonly onError?: (error: unknown) => void;
}

export interface CustomVoice {
  /** Answers below `/customvoice`. */
  readonly handler: StandInHandler;
  readonly state: SpeechState;
  /** Resolves when no work is being finished at this moment. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Seconds for what takes Azure seconds (consents, personal voices), minutes (uploads, endpoints) or a day (models). */
export const DURATIONS: Durations = {
  consentMs: 1000,
  personalVoiceMs: 1500,
  uploadMs: 2000,
  modelMs: 8000,
  endpointMs: 3000,
  suspendMs: 1000,
  resumeMs: 2000,
};

/** A Speech resource's custom voice API `2026-01-01`, kept in one SQLite file. */
export function createCustomVoice(options: CustomVoiceOptions): CustomVoice {
  mkdirSync(options.dataDirectory, { recursive: true });
  const store = new ResourceStore(join(options.dataDirectory, "custom-voice.sqlite"));
  const clock = options.clock ?? new RealClock();
  const work = new LongRunningWork(store, clock, options.onError ?? (() => undefined));
  const context: CustomVoiceContext = {
    store,
    collections: openCollections(store),
    work,
    clock,
    faults: options.control.faults,
    durations: { ...DURATIONS, ...options.durations },
    enroll: options.enroll,
  };
  defineTasks(context);
  work.resume();
  return {
    handler: resourceHandler(apiOf(context), { ...options, clock }),
    state: speechStateOf(context.collections),
    settled: () => work.settled(),
    async close() {
      await work.close();
      store.close();
    },
  };
}

function defineTasks(context: CustomVoiceContext): void {
  const { work } = context;
  work.define("check-consent", checkConsentTask(context));
  work.define("make-personal-voice", makePersonalVoiceTask(context));
  work.define(UPLOAD_TASK, processUploadTask(context));
  work.define(TRAINING_TASK, trainModelTask(context));
  work.define(DEPLOY_TASK, endpointTask(context, { during: "Running", after: "Succeeded" }));
  work.define(SUSPEND_TASK, endpointTask(context, { during: "Disabling", after: "Disabled" }));
  work.define(RESUME_TASK, endpointTask(context, { during: "Running", after: "Succeeded" }));
}

function apiOf(context: CustomVoiceContext): ResourceApi {
  return {
    service: CUSTOM_VOICE,
    basePath: "/customvoice",
    apiVersion: "2026-01-01",
    maxRequestsPer10Seconds: 50,
    checkId: (collection, id) => {
      parseArguments(collection === "endpoints" ? uuidSchema : idSchema, id);
    },
    operations: {
      ...projectOperations(context),
      ...consentOperations(context),
      ...personalVoiceOperations(context),
      ...trainingSetOperations(context),
      ...modelOperations(context),
      ...endpointOperations(context),
      ...baseModelOperations,
      ...workOperations(context.work),
    },
  };
}
