import type { StoredJob } from "./job.ts";
import { ARCHIVE_NAME, SUMMARY_NAME } from "./result-files.ts";
import type { Destination } from "./upload-results.ts";

export const RESULTS_PATH = "/batchsynthesis-output";

/** @returns where the results of a succeeded job lie: with the service, by a signed URL, or in the caller's container. */
export function resultUrls(
  { job, signature, destination }: StoredJob,
  { origin }: URL,
): Destination | undefined {
  if (job.status !== "Succeeded") {
    return undefined;
  }
  const urlOf = (name: string): string =>
    `${origin}${RESULTS_PATH}/${job.internalId}/${name}?sr=b&sp=r&sig=${signature}`;
  return destination ?? { result: urlOf(ARCHIVE_NAME), summary: urlOf(SUMMARY_NAME) };
}
