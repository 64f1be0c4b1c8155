import type { PlannedItem } from "./azure-plan.ts";

/** What one Azure job speaks. Its documents are the parts of its items, in order. */
export interface AzureJobDraft {
  readonly outputFormat: string;
  /** Name of a professional voice → id of its endpoint deployment. */
  readonly deployments: Readonly<Record<string, string>>;
  readonly items: readonly PlannedItem[];
}

/**
 * The quota page says 10,000 inputs and 2 MB, an older table 1,000, the description of the API 500 KB: the smallest hold.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/batch-synthesis-properties
 */
const MAX_JOB_DOCUMENTS = 1_000;
const MAX_JOB_BYTES = 480_000;

interface OpenJob {
  readonly outputFormat: string;
  readonly deployments: Record<string, string>;
  readonly items: PlannedItem[];
  documents: number;
  sizeBytes: number;
}

/** Whether one Azure job can take the item. */
export function fitsOneJob(item: Pick<PlannedItem, "prepared">): boolean {
  return item.prepared.parts.length <= MAX_JOB_DOCUMENTS && bytesOf(item) <= MAX_JOB_BYTES;
}

/** Divides items, each of which fits, among as few jobs as their order allows; a job has one format. */
export function packJobs(items: readonly PlannedItem[]): readonly AzureJobDraft[] {
  const all: OpenJob[] = [];
  const current = new Map<string, OpenJob>();
  for (const item of items) {
    const outputFormat = item.prepared.format.upstreamName;
    const open = current.get(outputFormat);
    const job = open !== undefined && hasRoom(open, item) ? open : newJob(outputFormat);
    if (job !== open) {
      all.push(job);
      current.set(outputFormat, job);
    }
    add(job, item);
  }
  return all.map(({ outputFormat, deployments, items: own }) => ({ outputFormat, deployments, items: own }));
}

function newJob(outputFormat: string): OpenJob {
  return { outputFormat, deployments: {}, items: [], documents: 0, sizeBytes: 0 };
}

function hasRoom(job: OpenJob, item: PlannedItem): boolean {
  const { voice, parts } = item.prepared;
  const known = job.deployments[voice.voiceName];
  return (
    job.documents + parts.length <= MAX_JOB_DOCUMENTS &&
    job.sizeBytes + bytesOf(item) <= MAX_JOB_BYTES &&
    (known === undefined || known === voice.deploymentId)
  );
}

function add(job: OpenJob, item: PlannedItem): void {
  const { voice, parts } = item.prepared;
  job.items.push(item);
  job.documents += parts.length;
  job.sizeBytes += bytesOf(item);
  if (voice.deploymentId !== undefined) {
    job.deployments[voice.voiceName] = voice.deploymentId;
  }
}

/** In the body of the job. */
function bytesOf({ prepared }: Pick<PlannedItem, "prepared">): number {
  return prepared.parts.reduce(
    (sum, { ssml }) => sum + Buffer.byteLength(JSON.stringify({ content: ssml })) + 1,
    0,
  );
}
