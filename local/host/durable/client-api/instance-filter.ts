import { RUNTIME_STATUSES, type RuntimeStatus } from "../protocol/runtime-status.ts";
import type { InstanceFilter } from "../store/instance-table.ts";
import { ApiError } from "./api-exchange.ts";

/** @throws {ApiError} when a time or a status is none. */
export function instanceFilter(query: URLSearchParams): InstanceFilter {
  return {
    createdFromMs: timeOf(query, "createdTimeFrom"),
    createdToMs: timeOf(query, "createdTimeTo"),
    statuses: query
      .getAll("runtimeStatus")
      .flatMap((names) => names.split(",").filter(Boolean).map(statusOf)),
    idPrefix: query.get("instanceIdPrefix") ?? undefined,
  };
}

/** The value of a switch such as `showInput=false`. */
export function switchOf(query: URLSearchParams, name: string, byDefault: boolean): boolean {
  const value = query.get(name)?.toLowerCase();
  return value === undefined ? byDefault : value === "true";
}

function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") {
    return undefined;
  }
  const timeMs = Date.parse(text);
  if (Number.isNaN(timeMs)) {
    throw ApiError.badArgument(`The parameter '${name}' is no time: ${text}`);
  }
  return timeMs;
}

function statusOf(name: string): RuntimeStatus {
  const status = RUNTIME_STATUSES.find((known) => known.toLowerCase() === name.trim().toLowerCase());
  if (status === undefined) {
    throw ApiError.badArgument(`The parameter 'runtimeStatus' names no status: ${name}`);
  }
  return status;
}
