import { z } from "zod";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";
import type { StandInControl } from "./control.ts";
import { faultSchema } from "./fault.ts";

const BODY_LIMIT_BYTES = 64 * 1024;

type Action = (exchange: Exchange) => Promise<void> | void;

/**
 * `POST /faults` adds one, `GET /faults` lists those that wait, `DELETE /faults` drops all; `GET /calls` and
 * `DELETE /calls` tell and reset the counts. Mount it only for tests or when faults were asked for at start.
 */
export function controlHandler(control: StandInControl): StandInHandler {
  const actions: Readonly<Record<string, Action>> = {
    "POST /faults": async ({ request, response }) => {
      const fault = control.faults.add(parseFault(await readBody(request, BODY_LIMIT_BYTES)));
      sendJson(response, { status: 201, body: fault });
    },
    "GET /faults": ({ response }) =>
      sendJson(response, { status: 200, body: { faults: control.faults.list() } }),
    "DELETE /faults": ({ response }) => {
      control.faults.clear();
      response.writeHead(204).end();
    },
    "GET /calls": ({ response }) =>
      sendJson(response, { status: 200, body: { calls: control.calls.list() } }),
    "DELETE /calls": ({ response }) => {
      control.calls.reset();
      response.writeHead(204).end();
    },
  };
  return {
    async handle(exchange) {
      const action = actions[`${exchange.request.method} ${exchange.url.pathname}`];
      await action?.(exchange);
      return action !== undefined;
    },
  };
}

function parseFault(body: Buffer): z.output<typeof faultSchema> {
  const parsed = faultSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    throw new Refusal({ status: 400, code: "BadRequest" }, z.prettifyError(parsed.error));
  }
  return parsed.data;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal({ status: 400, code: "BadRequest" }, "The body is not JSON.");
  }
}
