import { queryCharge } from "../documents/request-charge.ts";
import { isObject, type Json, parseJson } from "../json.ts";
import { badRequest } from "../refusals.ts";
import type { Container } from "../resources/resource-store.ts";
import { PageBuilder } from "./page-builder.ts";
import { partitionScope } from "./partition-scope.ts";

export interface ChangeFeedRequest {
  readonly container: Container;
  readonly components: readonly Json[] | undefined;
  /** ETag of the page before; `*` starts with what comes from this moment on; undefined at the beginning of time. */
  readonly after: string | undefined;
  /** A date as in HTTP headers, for a start without `after`. */
  readonly modifiedSince: string | undefined;
  readonly maxItemCount: number;
}

export interface ChangePage {
  readonly items: readonly Json[];
  /** Where to go on. */
  readonly etag: string;
  readonly charge: number;
}

/** The latest versions of the documents that changed, in the order of their changes; deleted ones do not show. */
export function changePage(request: ChangeFeedRequest): ChangePage {
  const { container, components, maxItemCount } = request;
  const scope = partitionScope(components, container.settings);
  let last = startOf(request);
  const since = request.after === undefined ? secondsOf(request.modifiedSince) : 0;
  const page = new PageBuilder(maxItemCount);
  const rows = container.documents.scan({
    where: [...scope.where, "sequence > ?", "json_extract(body, '$._ts') >= ?"],
    values: [...scope.values, last, since],
    orderBy: ["sequence"],
  });
  for (const { body, sequence } of rows) {
    const document = parseJson(body);
    if (!isObject(document) || !page.add({ ...document, _lsn: sequence })) {
      break;
    }
    last = sequence;
  }
  return { items: page.items, etag: `"${last}"`, charge: queryCharge(page.items.length, page.sizeBytes) };
}

function startOf({ after, container }: ChangeFeedRequest): number {
  if (after === undefined) {
    return 0;
  }
  if (after === "*") {
    return container.lastSequence();
  }
  const sequence = Number(after.replaceAll('"', ""));
  if (!Number.isSafeInteger(sequence) || sequence < 0) {
    throw badRequest("The continuation of the change feed is invalid.");
  }
  return sequence;
}

function secondsOf(date: string | undefined): number {
  const seconds = date === undefined ? 0 : Date.parse(date) / 1000;
  if (Number.isNaN(seconds)) {
    throw badRequest("If-Modified-Since is not a date.");
  }
  return seconds;
}
