import { app, HttpResponse, trigger, type InvocationContext } from "@azure/functions";
import * as df from "durable-functions";

/** A call of a method of the SDK's client. Dates of filters come as ISO text. */
interface ClientCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

const DATE_FILTERS = ["getStatusBy", "purgeInstanceHistoryBy"];

/** Registers a function through which tests use the SDK's client. */
export function registerClientFunction(): void {
  app.generic("client", {
    trigger: trigger.generic({ type: "clientTrigger" }),
    extraInputs: [df.input.durableClient()],
    handler: async (input: unknown, context: InvocationContext) => {
      const { method, args } = input as ClientCall;
      const client = df.getClient(context);
      const passed = DATE_FILTERS.includes(method) ? args.map(withDates) : args;
      const result = await (client as unknown as Methods)[method]?.(...passed);
      return { result: result instanceof HttpResponse ? await contentOf(result) : (result ?? null) };
    },
  });
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
