import type { InputData } from "../core/protocol.ts";
import type { RouteParameters } from "../routing/match-route.ts";

export interface RequestFacts {
  readonly query: URLSearchParams;
  readonly parameters: RouteParameters;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole body, when it is known before the call. */
  readonly body: Buffer | undefined;
}

/**
 * The binding data of an HTTP call. A route parameter wins over a query key, and that over a member of a JSON body. In
 * streaming mode the library makes `request.params` and `request.headers` from this.
 */
export function httpTriggerMetadata(facts: RequestFacts): Readonly<Record<string, InputData>> {
  const query = Object.fromEntries(facts.query);
  const queryKeys = Object.entries(query).filter(([name]) => name.toLowerCase() !== "code");
  return {
    ...bodyMembers(facts.body),
    ...Object.fromEntries(queryKeys.map(([name, text]) => [name, { string: text }])),
    ...Object.fromEntries(Object.entries(facts.parameters).map(([name, text]) => [name, { string: text }])),
    Query: { json: JSON.stringify(query) },
    Headers: { json: JSON.stringify(facts.headers) },
  };
}

function bodyMembers(body: Buffer | undefined): Readonly<Record<string, InputData>> {
  const json = parseJson(body);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return {};
  }
  const members = Object.entries(json).filter(([, value]) => value !== null && !Array.isArray(value));
  return Object.fromEntries(members.map(([name, value]) => [name, memberData(value)]));
}

function memberData(value: unknown): InputData {
  if (typeof value === "string") {
    return { string: value };
  }
  if (typeof value === "boolean") {
    // .NET writes booleans with a capital letter.
    return { string: value ? "True" : "False" };
  }
  return typeof value === "number" ? { string: String(value) } : { json: JSON.stringify(value) };
}

function parseJson(body: Buffer | undefined): unknown {
  if (body === undefined || body.length === 0) {
    return undefined;
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
