import type { AppFunction, Trigger } from "./app/app-function.ts";
import type { FunctionListing } from "./functions-host.ts";
import type { HttpRoute } from "./routing/http-route.ts";

const TRIGGER_TYPES: Readonly<Record<Trigger["kind"], string>> = {
  activity: "activityTrigger",
  blob: "blobTrigger",
  http: "httpTrigger",
  orchestration: "orchestrationTrigger",
  timer: "timerTrigger",
};

/** @param baseUrl without a slash at the end. */
export function listFunctions(
  functions: readonly AppFunction[],
  routes: readonly HttpRoute[],
  baseUrl: string,
): readonly FunctionListing[] {
  return functions.map(({ name, trigger }) => {
    const route = routes.find(({ fn }) => fn.name === name);
    const type = TRIGGER_TYPES[trigger.kind];
    return route === undefined
      ? { name, trigger: type }
      : { name, trigger: type, methods: route.methods, url: `${baseUrl}${route.path}` };
  });
}

/** HTTP functions first, as Core Tools prints them. */
export function printListing(functions: readonly FunctionListing[]): string {
  const http = functions.flatMap(({ name, methods, url }) =>
    methods === undefined || url === undefined ? [] : [`\t${name}: [${methods.join(",")}] ${url}`],
  );
  const others = functions.flatMap(({ name, trigger, url }) =>
    url === undefined ? [`\t${name}: ${trigger}`] : [],
  );
  return ["Functions:", ...http, ...others].join("\n\n");
}
