import { HttpResponse } from "@azure/functions";
import type { DurableClient } from "durable-functions";

/** A call of a method of the SDK's client. Dates of filters come as ISO text. */
export interface ClientCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

const DATE_FILTERS = ["getStatusBy", "purgeInstanceHistoryBy"];

/** Returns what the method resolves to, as JSON can say it. */
export async function callClient(client: DurableClient, { method, args }: ClientCall): Promise<unknown> {
  const passed = DATE_FILTERS.includes(method) ? args.map(withDates) : args;
  const call: unknown = Reflect.get(client, method);
  if (typeof call !== "function") {
    throw new TypeError(`The client has no method ${method}.`);
  }
  const result: unknown = await call.apply(client, passed);
  return result instanceof HttpResponse ? contentOf(result) : (result ?? null);
}

function withDates(filter: unknown): unknown {
  const { createdTimeFrom, createdTimeTo, ...rest } = filter as Record<string, string | undefined>;
  return {
    ...rest,
    ...(createdTimeFrom === undefined ? {} : { createdTimeFrom: new Date(createdTimeFrom) }),
    ...(createdTimeTo === undefined ? {} : { createdTimeTo: new Date(createdTimeTo) }),
  };
}

async function contentOf(response: HttpResponse): Promise<object> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.json(),
  };
}
