import { admit } from "../../faults/admit.ts";
import type { StandInControl } from "../../faults/control.ts";
import type { HostClock } from "../../host/clock.ts";
import { requireCredentials } from "../credentials.ts";
import type { Credentials } from "../credentials.ts";
import type { Exchange, StandInHandler } from "../exchange.ts";
import { Refusal } from "../refusal.ts";
import { sendJson } from "../send.ts";
import { badRequest } from "./refusals.ts";
import { RequestRate } from "./request-rate.ts";
import type { Operations, ServiceAnswer } from "./service-call.ts";

export interface ResourceApi {
  /** Name of the service in faults and counts. */
  readonly service: string;
  /** Begins with a slash and does not end with one. */
  readonly basePath: string;
  readonly apiVersion: string;
  readonly maxRequestsPer10Seconds: number;
  /** By `{method} {path}`, such as `PUT /models/{id}` or `POST /endpoints/{id}:suspend`. */
  readonly operations: Operations;
  /** @throws {@link Refusal} for an id that the collection does not take. */
  readonly checkId: (collection: string, id: string) => void;
}

export interface ResourceApiOptions {
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly clock: HostClock;
  /** Whether the resource has been granted Limited Access; every call answers 403 otherwise. Default: true. */
  readonly isApproved?: boolean;
  /** Whether too many requests are answered with 429. Default: true. */
  readonly limitsRate?: boolean;
}

/** Checks what every call must fulfil, finds its operation by method and path, and writes its answer. */
export function resourceHandler(api: ResourceApi, options: ResourceApiOptions): StandInHandler {
  const rate = new RequestRate(api.maxRequestsPer10Seconds);
  return {
    async handle(exchange) {
      const target = targetOf(api, exchange);
      const operation = target && api.operations[target.name];
      if (target === undefined || operation === undefined) {
        return target !== undefined && refuseUnknown(api, target);
      }
      const { collection, id, name } = target;
      const call = { service: api.service, operation: name, facts: { id } };
      if (!(await admit(options.control, exchange, call))) {
        return true;
      }
      await checkCall(api, options, { exchange, target });
      if (options.limitsRate ?? true) {
        rate.admit(options.clock.now());
      }
      if (id !== "") {
        api.checkId(collection, id);
      }
      send(api, exchange, await operation({ id, url: exchange.url, request: exchange.request }));
      return true;
    },
  };
}

interface Target {
  /** Such as `PUT /models/{id}`. */
  readonly name: string;
  readonly path: string;
  readonly collection: string;
  readonly id: string;
}

const PATH_PATTERN = /^\/([a-z]+)(?:\/([^/:]+)(:[a-z]+)?)?\/?$/;

function targetOf({ basePath }: ResourceApi, { request, url }: Exchange): Target | undefined {
  const rest = url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : "";
  const [, collection = "", id = "", action = ""] = PATH_PATTERN.exec(rest) ?? [];
  if (collection === "") {
    return undefined;
  }
  const path = `/${collection}${id === "" ? "" : "/{id}"}${action}`;
  return { name: `${request.method} ${path}`, path, collection, id };
}

/** @throws {@link Refusal} 405 for a path that other methods serve. */
function refuseUnknown({ operations }: ResourceApi, { path }: Target): false {
  const allowed = Object.keys(operations)
    .filter((name) => name.endsWith(` ${path}`))
    .map((name) => name.slice(0, name.indexOf(" ")));
  if (allowed.length > 0) {
    throw new Refusal({ status: 405, code: "MethodNotAllowed" }, "The method is not allowed.", {
      headers: { allow: allowed.join(", ") },
    });
  }
  return false;
}

/** @throws {@link Refusal} 400, 401 or 403. */
async function checkCall(
  { service, apiVersion }: ResourceApi,
  options: ResourceApiOptions,
  { exchange: { request, url }, target }: { readonly exchange: Exchange; readonly target: Target },
): Promise<void> {
  await requireCredentials(request, options.credentials);
  if (url.searchParams.get("api-version") !== apiVersion) {
    throw badRequest(`The api-version is missing or not supported. Supported: ${apiVersion}.`);
  }
  const { name: operation, id } = target;
  const facts = { service, operation, id, path: url.pathname, method: request.method };
  const isForbidden = options.control.faults.take(facts, ["not-approved"]) !== undefined;
  if (isForbidden || options.isApproved === false) {
    throw new Refusal(
      { status: 403, code: "Forbidden" },
      "You don't have permission to access this resource",
    );
  }
}

function send({ basePath, apiVersion }: ResourceApi, exchange: Exchange, answer: ServiceAnswer): void {
  const { response, url } = exchange;
  const { status, body, operationId } = answer;
  const location = `${url.origin}${basePath}/operations/${operationId}?api-version=${apiVersion}`;
  const headers =
    operationId === undefined ? {} : { "operation-id": operationId, "operation-location": location };
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  sendJson(response, { status, body, headers });
}
