import { z } from "zod";
import type {
  BatchSynthesisResults,
  DocumentOutcome,
  SpokenWord,
} from "../../../application/ports/batch-synthesis.ts";
import { unavailable } from "../speech-error.ts";
import { openRemoteArchive, type RemoteArchive } from "./remote-archive.ts";

const SUMMARY_NAME = "summary.json";

/** Figures are strings; results stand in the order of the inputs. */
const summarySchema = z.object({
  results: z.array(
    z.object({
      status: z.string(),
      audioFileName: z.string().nullish(),
      properties: z.object({ durationInMilliseconds: z.coerce.number().optional() }).nullish(),
      error: z.object({ code: z.string().optional(), message: z.string().optional() }).nullish(),
    }),
  ),
});

type SummaryEntry = z.output<typeof summarySchema>["results"][number];

const boundariesSchema = z.array(
  z.object({ Text: z.string(), AudioOffset: z.number(), Duration: z.number() }),
);

/** @param url of the zip; it grants reading by itself. @throws {@link ServiceError} `speech-unavailable`. */
export async function openBatchResults(url: string): Promise<BatchSynthesisResults> {
  const archive = await openRemoteArchive(url);
  const { results } = await readJson(archive, SUMMARY_NAME, summarySchema);
  const audioFile = (index: number): string => {
    const name = results[index]?.audioFileName;
    if (typeof name !== "string") {
      throw unavailable("The results of a batch synthesis hold no audio for an input.");
    }
    return name;
  };
  return {
    outcomes: results.map(outcomeOf),
    async audio(index, signal) {
      signal.throwIfAborted();
      return archive.open(audioFile(index));
    },
    async words(index, signal) {
      const name = audioFile(index).replace(/\.[^.]*$/, ".word.json");
      signal.throwIfAborted();
      return archive.has(name) ? (await readJson(archive, name, boundariesSchema)).map(wordOf) : [];
    },
  };
}

function outcomeOf({ status, audioFileName, properties, error }: SummaryEntry): DocumentOutcome {
  if (status === "Succeeded" && typeof audioFileName === "string") {
    return { kind: "spoken", durationMs: properties?.durationInMilliseconds ?? 0 };
  }
  return { kind: "refused", reason: error?.message ?? error?.code ?? "it does not say why" };
}

function wordOf({ Text, AudioOffset, Duration }: z.output<typeof boundariesSchema>[number]): SpokenWord {
  return { text: Text, startMs: AudioOffset, durationMs: Duration };
}

async function readJson<T>(archive: RemoteArchive, fileName: string, schema: z.ZodType<T>): Promise<T> {
  const text = await new Response(await archive.open(fileName)).text();
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw unavailable(`The ${fileName} of a batch synthesis cannot be understood.`, { cause });
  }
}
