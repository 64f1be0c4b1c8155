import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beginWork } from "../../stand-in/resource-api/begin-work.ts";
import { listResources } from "../../stand-in/resource-api/list-resources.ts";
import { badRequest, notFound } from "../../stand-in/resource-api/refusals.ts";
import { readJson } from "../../stand-in/resource-api/service-call.ts";
import type { Operations, ServiceAnswer, ServiceCall } from "../../stand-in/resource-api/service-call.ts";
import { SYNTHESIS_TASK, batchTimestamp, ownerOfJob } from "./batch-context.ts";
import type { BatchContext } from "./batch-context.ts";
import type { StoredJob } from "./job.ts";
import { parseNewJob } from "./new-job.ts";
import type { NewJob } from "./new-job.ts";
import { resultUrls } from "./result-urls.ts";

const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
const MS_PER_HOUR = 3_600_000;

export function jobOperations(context: BatchContext): Operations {
  return {
    "GET /batchsyntheses": async (call) => {
      await dropExpired(context);
      return listResources(
        call,
        context.jobs.list().map((stored) => bodyOf(stored, call.url)),
      );
    },
    "GET /batchsyntheses/{id}": async ({ id, url }) => {
      await dropExpired(context);
      return { status: 200, body: bodyOf(requireJob(context, id), url) };
    },
    "PUT /batchsyntheses/{id}": async (call) => {
      await dropExpired(context);
      return createJob(context, call);
    },
    "DELETE /batchsyntheses/{id}": async ({ id }) => {
      await deleteJob(context, requireJob(context, id));
      return { status: 204 };
    },
  };
}

/** @throws {@link Refusal} 404. */
function requireJob({ jobs }: BatchContext, id: string): StoredJob {
  const stored = jobs.get(id);
  if (stored === undefined) {
    throw notFound("batch synthesis", id);
  }
  return stored;
}

function bodyOf(stored: StoredJob, url: URL): object {
  const outputs = resultUrls(stored, url);
  return { ...stored.job, ...(outputs && { outputs }) };
}

async function createJob(context: BatchContext, call: ServiceCall): Promise<ServiceAnswer> {
  const fields = parseNewJob(await readJson(call, BODY_LIMIT_BYTES));
  const operationId = beginWork(context, call, {
    owner: ownerOfJob(call.id),
    task: SYNTHESIS_TASK,
    durationMs: context.durationMs,
    content: [JSON.stringify(fields)],
    write: () => writeJob(context, call.id, fields),
  });
  return { status: 201, body: bodyOf(requireJob(context, call.id), call.url), operationId };
}

/** @throws {@link Refusal} 400 when the id is taken. */
function writeJob(context: BatchContext, id: string, fields: NewJob): void {
  if (context.jobs.get(id) !== undefined) {
    throw badRequest(`The batch synthesis "${id}" already exists.`);
  }
  const { inputs, properties, description, inputKind, synthesisConfig, customVoices } = fields;
  const { destinationContainerUrl, ...told } = properties;
  const now = batchTimestamp(context);
  context.inputs.put({ id, contents: inputs.map(({ content }) => content), destinationContainerUrl });
  context.jobs.put({
    id,
    signature: randomUUID(),
    job: {
      id,
      internalId: randomUUID(),
      description,
      status: "NotStarted",
      createdDateTime: now,
      lastActionDateTime: now,
      inputKind,
      synthesisConfig,
      customVoices,
      properties: told,
    },
  });
}

async function deleteJob(context: BatchContext, { id, job }: StoredJob): Promise<void> {
  context.store.transaction(() => {
    context.work.cancel(ownerOfJob(id));
    context.inputs.delete(id);
    context.jobs.delete(id);
  });
  await rm(join(context.resultsDirectory, job.internalId), { recursive: true, force: true });
}

/** Jobs whose time to live is over since their last action are gone. */
async function dropExpired(context: BatchContext): Promise<void> {
  for (const stored of context.jobs.list()) {
    const { status, lastActionDateTime, properties } = stored.job;
    const endsAtMs = Date.parse(lastActionDateTime) + properties.timeToLiveInHours * MS_PER_HOUR;
    const hasEnded = status === "Succeeded" || status === "Failed";
    if (hasEnded && endsAtMs <= context.clock.now()) {
      await deleteJob(context, stored);
    }
  }
}
