import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isSameText } from "../../stand-in/credentials.ts";
import type { StandInHandler } from "../../stand-in/exchange.ts";
import { Refusal } from "../../stand-in/refusal.ts";
import type { BatchContext } from "./batch-context.ts";
import { RESULTS_PATH } from "./result-urls.ts";

const PATH_PATTERN = new RegExp(`^${RESULTS_PATH}/([0-9a-f-]{36})/(results\\.zip|summary\\.json)$`);

/** Serves the results that lie with the service to whoever has the signed URL; no key is asked for. */
export function resultsHandler(context: BatchContext): StandInHandler {
  return {
    async handle({ request, response, url }) {
      const [, internalId = "", name = ""] = PATH_PATTERN.exec(url.pathname) ?? [];
      if (name === "" || request.method !== "GET") {
        return false;
      }
      checkSignature(context, internalId, url);
      const path = join(context.resultsDirectory, internalId, name);
      const sizeBytes = await sizeOf(path);
      const range = rangeOf(request.headers.range, sizeBytes);
      const contentType = name.endsWith(".zip") ? "application/zip" : "application/json";
      if (range === undefined) {
        response.writeHead(200, { "content-type": contentType, "content-length": sizeBytes });
      } else {
        response.writeHead(206, {
          "content-type": contentType,
          "content-length": range.end - range.start + 1,
          "content-range": `bytes ${range.start}-${range.end}/${sizeBytes}`,
        });
      }
      await pipeline(createReadStream(path, range), response);
      return true;
    },
  };
}

/** Both inclusive. @throws {@link Refusal} 416 when it begins behind the end. */
function rangeOf(
  header: string | undefined,
  sizeBytes: number,
): { readonly start: number; readonly end: number } | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined) {
    return undefined;
  }
  const start = Number(first);
  if (start >= sizeBytes) {
    throw new Refusal({ status: 416, code: "InvalidRange" }, "The range specified is invalid.");
  }
  return { start, end: Math.min(last ? Number(last) : sizeBytes, sizeBytes - 1) };
}

/** @throws {@link Refusal} 403. */
function checkSignature({ jobs }: BatchContext, internalId: string, { searchParams }: URL): void {
  const stored = jobs.list().find(({ job }) => job.internalId === internalId);
  if (stored === undefined || !isSameText(searchParams.get("sig") ?? "", stored.signature)) {
    throw new Refusal({ status: 403, code: "AuthenticationFailed" }, "The signature is not valid.");
  }
}

/** @throws {@link Refusal} 404. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    throw new Refusal({ status: 404, code: "BlobNotFound" }, "The specified blob does not exist.");
  }
}
