import { z } from "zod";
import { badArgument, parseArguments } from "./refusals.ts";
import type { ServiceAnswer, ServiceCall } from "./service-call.ts";

const pageSchema = z.object({
  skip: z.coerce.number().int().min(0).default(0),
  maxpagesize: z.coerce.number().int().min(1).max(100).default(100),
});

const FILTER_PATTERN =
  /^\s*(?<property>\w+)\s+(?<operator>eq|ne|gt|ge|lt|le)\s+(?:'(?<text>(?:[^']|'')*)'|(?<time>[\d:.TZ+-]+))\s*$/;

const EQUALITY = new Set(["eq", "ne"]);
const TIME_PROPERTY = "createdDateTime";
const TEXT_PROPERTIES = new Set(["projectId", "locale", "kind"]);

/** Pages and filters resources; `nextLink` is absolute, built from the request's own host. */
export function listResources({ url }: ServiceCall, resources: readonly object[]): ServiceAnswer {
  const { skip, maxpagesize } = parseArguments(pageSchema, Object.fromEntries(url.searchParams));
  const isWanted = parseFilter(url.searchParams.get("filter"));
  const wanted = resources.filter((resource) => isWanted(resource));
  const end = skip + maxpagesize;
  const value = wanted.slice(skip, end);
  return { status: 200, body: end < wanted.length ? { value, nextLink: nextLink(url, end) } : { value } };
}

function nextLink(url: URL, skip: number): string {
  const next = new URL(url);
  next.searchParams.set("skip", String(skip));
  return next.href;
}

/** @throws {@link Refusal} 400 for anything but one condition on a property that can be filtered by. */
function parseFilter(filter: string | null): (resource: object) => boolean {
  if (filter === null) {
    return () => true;
  }
  const parts = FILTER_PATTERN.exec(filter)?.groups;
  if (parts === undefined) {
    throw badArgument("filter", "The filter is not valid.");
  }
  const { property = "", operator = "", text, time = "" } = parts;
  const literal = text?.replaceAll("''", "'") ?? time;
  return property === TIME_PROPERTY
    ? filterByTime(operator, literal)
    : filterByText(property, operator, literal);
}

function filterByText(property: string, operator: string, literal: string): (resource: object) => boolean {
  if (!TEXT_PROPERTIES.has(property) || !EQUALITY.has(operator)) {
    throw badArgument("filter", "The filter is not valid.");
  }
  return (resource) => (Reflect.get(resource, property) === literal) === (operator === "eq");
}

function filterByTime(operator: string, literal: string): (resource: object) => boolean {
  const boundMs = Date.parse(literal);
  if (Number.isNaN(boundMs)) {
    throw badArgument("filter", "The time in the filter is not valid.");
  }
  return (resource) => compare(operator, Date.parse(String(Reflect.get(resource, TIME_PROPERTY))) - boundMs);
}

function compare(operator: string, difference: number): boolean {
  switch (operator) {
    case "eq":
      return difference === 0;
    case "ne":
      return difference !== 0;
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    default:
      return difference <= 0;
  }
}
