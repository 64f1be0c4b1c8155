import { admit } from "../../faults/admit.ts";
import type { StandInControl } from "../../faults/control.ts";
import type { HostClock } from "../../host/clock.ts";
import type { Credentials } from "../../stand-in/credentials.ts";
import { requireCredentials } from "../../stand-in/credentials.ts";
import type { Exchange, StandInHandler } from "../../stand-in/exchange.ts";
import { Refusal } from "../../stand-in/refusal.ts";
import { sendJson } from "../../stand-in/send.ts";
import { idSchema, uuidSchema } from "./argument-schemas.ts";
import { CUSTOM_VOICE } from "./context.ts";
import { badRequest, parseArguments } from "./refusals.ts";
import { RequestRate } from "./request-rate.ts";
import type { Operations, ServiceAnswer } from "./service-call.ts";

const API_VERSION = "2026-01-01";
const PATH_PATTERN = /^\/customvoice\/([a-z]+)(?:\/([^/:]+)(:[a-z]+)?)?\/?$/;

export interface HandlerOptions {
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly clock: HostClock;
  readonly isApproved?: boolean;
  readonly limitsRate?: boolean;
}

/** Checks what every call must fulfil, finds its operation by method and path, and writes its answer. */
export function customVoiceHandler(options: HandlerOptions, operations: Operations): StandInHandler {
  const rate = new RequestRate();
  return {
    async handle(exchange) {
      const target = targetOf(exchange);
      const operation = operations[target.name];
      if (operation === undefined) {
        return refuseUnknown(operations, target, exchange.url);
      }
      const { id, name } = target;
      if (
        !(await admit(options.control, exchange, { service: CUSTOM_VOICE, operation: name, facts: { id } }))
      ) {
        return true;
      }
      await checkCall(options, exchange);
      if (options.limitsRate ?? true) {
        rate.admit(options.clock.now());
      }
      checkId(target);
      send(exchange, await operation({ id, url: exchange.url, request: exchange.request }));
      return true;
    },
  };
}

interface Target {
  /** Such as `PUT /models/{id}`. */
  readonly name: string;
  readonly path: string;
  readonly id: string;
}

function targetOf({ request, url }: Exchange): Target {
  const [, collection, id = "", action = ""] = PATH_PATTERN.exec(url.pathname) ?? [];
  const path = `/${collection}${id === "" ? "" : "/{id}"}${action}`;
  return { name: `${request.method} ${path}`, path, id };
}

function checkId({ path, id }: Target): void {
  if (id !== "") {
    parseArguments(path.startsWith("/endpoints/") ? uuidSchema : idSchema, id);
  }
}

/** @throws {@link Refusal} 405 for a path that other methods serve. */
function refuseUnknown(operations: Operations, { path }: Target, url: URL): false {
  const allowed = Object.keys(operations)
    .filter((name) => name.endsWith(` ${path}`))
    .map((name) => name.slice(0, name.indexOf(" ")));
  if (url.pathname.startsWith("/customvoice/") && allowed.length > 0) {
    throw new Refusal({ status: 405, code: "MethodNotAllowed" }, "The method is not allowed.", {
      headers: { allow: allowed.join(", ") },
    });
  }
  return false;
}

/** @throws {@link Refusal} 400, 401 or 403. */
async function checkCall(options: HandlerOptions, { request, url }: Exchange): Promise<void> {
  await requireCredentials(request, options.credentials);
  if (url.searchParams.get("api-version") !== API_VERSION) {
    throw badRequest(`The api-version is missing or not supported. Supported: ${API_VERSION}.`);
  }
  const facts = { service: CUSTOM_VOICE, path: url.pathname, method: request.method };
  const isForbidden = options.control.faults.take(facts, ["not-approved"]) !== undefined;
  if (isForbidden || options.isApproved === false) {
    throw new Refusal(
      { status: 403, code: "Forbidden" },
      "You don't have permission to access this resource",
    );
  }
}

function send({ response, url }: Exchange, { status, body, operationId }: ServiceAnswer): void {
  const headers =
    operationId === undefined
      ? {}
      : {
          "operation-id": operationId,
          "operation-location": `${url.origin}/customvoice/operations/${operationId}?api-version=${API_VERSION}`,
        };
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  sendJson(response, { status, body, headers });
}
