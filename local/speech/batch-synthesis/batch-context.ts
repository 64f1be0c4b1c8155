import type { StandInControl } from "../../faults/control.ts";
import type { HostClock } from "../../host/clock.ts";
import type { LongRunningWork } from "../../stand-in/resource-api/long-running-work.ts";
import type { Collection, ResourceStore } from "../../stand-in/resource-api/store.ts";
import type { Speak } from "../../stand-in/speak.ts";
import type { StoredInputs, StoredJob } from "./job.ts";

/** What the operations and tasks of batch synthesis share. */
export interface BatchContext {
  readonly store: ResourceStore;
  readonly jobs: Collection<StoredJob>;
  readonly inputs: Collection<StoredInputs>;
  readonly work: LongRunningWork;
  readonly clock: HostClock;
  readonly control: StandInControl;
  readonly speak: Speak;
  /** Of a job from its beginning to the synthesis of its inputs. */
  readonly durationMs: number;
  /** Holds a folder per job, named after its `internalId`. */
  readonly resultsDirectory: string;
}

/** What faults and counts know this stand-in by. */
export const BATCH_SERVICE = "batch-synthesis";

/** The operation under which inputs are counted when they are spoken. */
export const SPEAK_INPUT = "speak input";

export const SYNTHESIS_TASK = "synthesize-batch";

export function ownerOfJob(id: string): string {
  return `batchsyntheses/${id}`;
}

export function batchTimestamp({ clock }: BatchContext): string {
  return new Date(clock.now()).toISOString();
}

export function updateJob(
  context: BatchContext,
  id: string,
  change: (stored: StoredJob) => Partial<StoredJob["job"]>,
): void {
  const stored = context.jobs.get(id);
  if (stored !== undefined) {
    const job = { ...stored.job, ...change(stored), lastActionDateTime: batchTimestamp(context) };
    context.jobs.put({ ...stored, job });
  }
}
