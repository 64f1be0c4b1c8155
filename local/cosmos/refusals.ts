import { Refusal } from "../stand-in/refusal.ts";
import type { QueryError } from "./sql/query-error.ts";

/** @see https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
export function badRequest(message: string, subStatus = 0): Refusal {
  return refusal({ status: 400, code: "BadRequest" }, message, subStatus);
}

export function notFound(subStatus = 0): Refusal {
  const message = "Resource Not Found. Learn more: https://aka.ms/cosmosdb-tsg-not-found";
  return refusal({ status: 404, code: "NotFound" }, errors(message), subStatus);
}

export function conflict(message = "Resource with specified id or name already exists."): Refusal {
  return refusal({ status: 409, code: "Conflict" }, errors(message));
}

export function preconditionFailed(): Refusal {
  const message =
    "One of the specified pre-condition is not met. Learn more: " +
    "https://aka.ms/CosmosDB/sql/errors/precondition-failed";
  return refusal({ status: 412, code: "PreconditionFailed" }, errors(message));
}

export function tooLarge(): Refusal {
  return refusal({ status: 413, code: "RequestEntityTooLarge" }, errors("Request size is too large"));
}

export function unauthorized(message: string): Refusal {
  return refusal({ status: 401, code: "Unauthorized" }, message);
}

export function forbidden(message: string): Refusal {
  return refusal({ status: 403, code: "Forbidden" }, message);
}

export function methodNotAllowed(): Refusal {
  return refusal({ status: 405, code: "MethodNotAllowed" }, "The requested verb is not supported.");
}

/** What is valid in Azure and missing here. */
export function notImitated(what: string): Refusal {
  return badRequest(`The Cosmos DB stand-in does not support ${what}.`);
}

/** Azure puts what is wrong with a query into the message, as JSON. */
export function queryRefusal({ code, message, location }: QueryError): Refusal {
  const error = { severity: "Error", ...(location && { location }), code, message };
  return badRequest(`Message: ${JSON.stringify({ errors: [error] })}`);
}

function refusal(
  reason: { readonly status: number; readonly code: string },
  message: string,
  subStatus = 0,
): Refusal {
  return new Refusal(reason, message, { headers: { "x-ms-substatus": String(subStatus) } });
}

function errors(message: string): string {
  return `Message: ${JSON.stringify({ Errors: [message] })}`;
}
