import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { FunctionListing } from "../functions-host.ts";
import type { WriteLog } from "../host-log.ts";
import type { HostEndpoint } from "../http/dispatch-request.ts";
import { endResponse } from "../http/end-response.ts";
import { readBody } from "../http/read-body.ts";

export interface AdminEndpointOptions {
  readonly functions: readonly FunctionListing[];
  /** Runs a function to its end. Rejects with `function-invalid` for one that is started in another way. */
  readonly invoke: (functionName: string, input: unknown) => Promise<unknown>;
  readonly log: WriteLog;
}

const MAX_BODY_BYTES = 1_048_576;

const invocationSchema = z.object({ input: z.unknown().optional() });

/** `/admin`: the state of the host, its functions, and a way to fire one of them. */
export function adminEndpoint(options: AdminEndpointOptions): HostEndpoint {
  return {
    prefix: "/admin",
    handle: (request, response, url) =>
      handleAdmin(options, { request, response, path: url.pathname.toLowerCase() }),
  };
}

interface AdminCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Lower case. */
  readonly path: string;
}

async function handleAdmin(options: AdminEndpointOptions, call: AdminCall): Promise<void> {
  const { request, response, path } = call;
  const name = /^\/admin\/functions\/([^/]+)\/?$/.exec(path)?.[1];
  if (name !== undefined) {
    await handleFunction(options, call, name);
  } else if (request.method === "GET" && path === "/admin/host/status") {
    sendJson(response, {
      id: "local",
      state: "Running",
      version: "4.0",
      processUptime: Math.round(process.uptime() * 1000),
    });
  } else if (path === "/admin/host/ping") {
    endResponse(response, 200);
  } else if (request.method === "GET" && path === "/admin/functions") {
    sendJson(response, options.functions);
  } else {
    endResponse(response, 404);
  }
}

async function handleFunction(options: AdminEndpointOptions, call: AdminCall, name: string): Promise<void> {
  const { request, response } = call;
  const fn = options.functions.find((candidate) => candidate.name.toLowerCase() === name);
  if (fn === undefined) {
    endResponse(response, 404);
  } else if (request.method === "GET") {
    sendJson(response, fn);
  } else if (request.method === "POST") {
    await fireFunction(options, call, fn);
  } else {
    endResponse(response, 405);
  }
}

async function fireFunction(
  options: AdminEndpointOptions,
  { request, response }: AdminCall,
  fn: FunctionListing,
): Promise<void> {
  const invocation = invocationSchema.safeParse(parseJson(await readBody(request, MAX_BODY_BYTES)));
  if (!invocation.success) {
    sendJson(response, { error: 'The body must be JSON: {"input": "..."}' }, 400);
    return;
  }
  if (["httpTrigger", "orchestrationTrigger"].includes(fn.trigger)) {
    sendJson(
      response,
      { error: `${fn.name} has the trigger ${fn.trigger} and cannot be fired by hand.` },
      400,
    );
    return;
  }
  // As on Azure the answer does not wait for the function.
  options.invoke(fn.name, invocation.data.input).catch((error: unknown) => {
    options.log({ level: "error", category: "Host", message: String(error), functionName: fn.name });
  });
  endResponse(response, 202);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
