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
import type { Speak } from "../../stand-in/speak.ts";
import { BATCH_SERVICE, SYNTHESIS_TASK } from "./batch-context.ts";
import type { BatchContext } from "./batch-context.ts";
import { storedInputsSchema, storedJobSchema } from "./job.ts";
import { jobOperations } from "./jobs.ts";
import { resultsHandler } from "./results-handler.ts";
import { synthesizeBatchTask } from "./synthesize-batch.ts";

export interface BatchSynthesisOptions {
  /** Made when it is missing. */
  readonly dataDirectory: string;
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly speak: Speak;
  /** Default: the machine's. */
  readonly clock?: HostClock;
  /** From the beginning of a job to its synthesis. Default: 1 s; half of Azure's jobs take 10 to 20 s. */
  readonly durationMs?: number;
  /** Whether more than 100 requests in 10 s are answered with 429. Default: true. */
  readonly limitsRate?: boolean;
  /** Hears of bugs of the stand-in. */
  readonly onError?: (error: unknown) => void;
}

export interface BatchSynthesis {
  /** Answer below `/texttospeech` and, for results, below `/batchsynthesis-output`. */
  readonly handlers: readonly StandInHandler[];
  /** Resolves when no work is being finished at this moment. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_DURATION_MS = 1000;

/** A Speech resource's batch synthesis API `2024-04-01`; jobs and results survive a restart. */
export function createBatchSynthesis(options: BatchSynthesisOptions): BatchSynthesis {
  const resultsDirectory = join(options.dataDirectory, "batch-results");
  mkdirSync(resultsDirectory, { recursive: true });
  const store = new ResourceStore(join(options.dataDirectory, "batch-synthesis.sqlite"));
  const clock = options.clock ?? new RealClock();
  const work = new LongRunningWork(store, clock, options.onError ?? (() => undefined));
  const context: BatchContext = {
    store,
    jobs: store.collection("jobs", storedJobSchema),
    inputs: store.collection("inputs", storedInputsSchema),
    work,
    clock,
    control: options.control,
    speak: options.speak,
    durationMs: options.durationMs ?? DEFAULT_DURATION_MS,
    resultsDirectory,
  };
  work.define(SYNTHESIS_TASK, synthesizeBatchTask(context));
  work.resume();
  return {
    handlers: [resourceHandler(apiOf(context), { ...options, clock }), resultsHandler(context)],
    settled: () => work.settled(),
    async close() {
      await work.close();
      store.close();
    },
  };
}

function apiOf(context: BatchContext): ResourceApi {
  return {
    service: BATCH_SERVICE,
    basePath: "/texttospeech",
    apiVersion: "2024-04-01",
    maxRequestsPer10Seconds: 100,
    checkId: (_collection, id) => {
      parseArguments(idSchema, id);
    },
    operations: { ...jobOperations(context), ...workOperations(context.work) },
  };
}
