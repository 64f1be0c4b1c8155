import { z } from "zod";
import type {
  BatchSynthesisJob,
  BatchSynthesisService,
  BatchSynthesisState,
} from "../../../application/ports/batch-synthesis.ts";
import { unavailable } from "../speech-error.ts";
import type { SendBatchSynthesisCall } from "./batch-synthesis-client.ts";
import { openBatchResults } from "./batch-results.ts";

const jobSchema = z.object({
  status: z.string(),
  properties: z
    .object({ error: z.object({ code: z.string(), message: z.string().default("") }).nullish() })
    .nullish(),
  outputs: z.object({ result: z.url().optional() }).nullish(),
});

type Job = z.output<typeof jobSchema>;

/** For copies that are made late; whoever has copied deletes the job. Azure keeps at most 744. */
const TIME_TO_LIVE_HOURS = 72;

/** Of `properties.error`: what the service could not help. */
const TRANSIENT_CODES = ["InternalServerError", "ServiceUnavailable", "TooManyRequests", "Timeout"];

export function azureBatchSynthesis(send: SendBatchSynthesisCall): BatchSynthesisService {
  const read = async (id: string): Promise<Job | undefined> => {
    const found = await send({ method: "GET", id });
    return found === undefined ? undefined : jobSchema.parse(found);
  };
  return {
    async create(job) {
      if ((await read(job.id)) !== undefined) {
        return;
      }
      try {
        await send({ method: "PUT", id: job.id, json: bodyOf(job) });
      } catch (error) {
        // The answer may be lost, and the same step may run twice at the same time.
        if ((await read(job.id)) === undefined) {
          throw error;
        }
      }
    },
    state: async (id) => stateOf(await read(id)),
    async results(id) {
      const url = (await read(id))?.outputs?.result;
      if (url === undefined) {
        throw unavailable("Azure's batch synthesis has no results for a job.");
      }
      return openBatchResults(url);
    },
    async delete(id) {
      await send({ method: "DELETE", id });
    },
  };
}

function bodyOf({ documents, outputFormat, deployments, hasWordTimes }: BatchSynthesisJob): object {
  return {
    inputKind: "SSML",
    inputs: documents.map((content) => ({ content })),
    customVoices: deployments,
    properties: {
      timeToLiveInHours: TIME_TO_LIVE_HOURS,
      outputFormat,
      concatenateResult: false,
      decompressOutputFiles: false,
      wordBoundaryEnabled: hasWordTimes,
      sentenceBoundaryEnabled: false,
    },
  };
}

function stateOf(job: Job | undefined): BatchSynthesisState {
  switch (job?.status) {
    case undefined:
      return { state: "missing" };
    case "Succeeded":
      return { state: "succeeded" };
    case "Failed": {
      const { code = "unknown", message = "" } = job.properties?.error ?? {};
      return { state: "failed", reason: `${code}: ${message}`, isTransient: TRANSIENT_CODES.includes(code) };
    }
    default:
      return { state: "running" };
  }
}
