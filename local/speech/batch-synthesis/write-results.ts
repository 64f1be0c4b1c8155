import { concatenate } from "./concatenate.ts";
import type { Job } from "./job.ts";
import { writeCompanions, writeSummary } from "./result-files.ts";
import type { SummaryEntry } from "./result-files.ts";
import type { InputResult, SpokenInput } from "./speak-input.ts";

/** Both in the order of the inputs. */
interface JobResults {
  readonly contents: readonly string[];
  readonly results: readonly InputResult[];
}

/** Joins the audio files when that is asked for, and writes what lies beside them. */
export async function writeResults(
  directory: string,
  job: Job,
  { results, contents }: JobResults,
): Promise<void> {
  const spoken = results.filter((result) => result.kind === "succeeded");
  const isJoined = job.properties.concatenateResult && spoken.length > 0;
  const files = isJoined ? [await concatenate(directory, spoken)] : spoken;
  for (const file of files) {
    await writeCompanions(directory, job, file);
  }
  const [joined] = files;
  const spokenContents = contents.filter((_, index) => results[index]?.kind === "succeeded");
  const failed = results.flatMap((result, index) =>
    result.kind === "failed" ? [failedEntry(contents[index] ?? "", result.message)] : [],
  );
  const entries =
    isJoined && joined !== undefined
      ? [succeededEntry(spokenContents, joined), ...failed]
      : results.map((result, index) =>
          result.kind === "succeeded"
            ? succeededEntry([contents[index] ?? ""], result)
            : failedEntry(contents[index] ?? "", result.message),
        );
  await writeSummary(directory, job, entries);
}

function succeededEntry(contents: readonly string[], spoken: SpokenInput): SummaryEntry {
  const { audioFileName, sizeBytes, durationMs } = spoken;
  const durationInMilliseconds = String(Math.round(durationMs));
  const properties = { sizeInBytes: String(sizeBytes), durationInMilliseconds };
  return { contents, status: "Succeeded", audioFileName, properties };
}

function failedEntry(content: string, message: string): SummaryEntry {
  return { contents: [content], status: "Failed", error: { code: "InvalidInput", message } };
}
