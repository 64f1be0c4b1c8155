import type { ServerResponse } from "node:http";
import type { Nullable, OutputData, RpcHttpRequest, RpcHttpResponse } from "../core/protocol.ts";
import { valueOf } from "../invocation/typed-data.ts";
import { endResponse } from "./end-response.ts";
import type { AnswerCall, HttpCall, HttpCallOptions } from "./http-call.ts";
import { httpInvocation } from "./http-invocation.ts";
import { contentLengthOf, readBody } from "./read-body.ts";
import { joinedHeaders } from "./request-target.ts";
import { setCookieHeader } from "./set-cookie.ts";

/** Answers calls of an app without `enableHttpStream`: the whole request goes in, the whole response comes out. */
export function bufferedAnswer({ invoker, maxBodyBytes }: HttpCallOptions): AnswerCall {
  return async (call) => {
    const { request, response } = call;
    const body = await readBody(request, maxBodyBytes);
    const headers = joinedHeaders(request);
    const input = { http: rpcRequest(call, headers, body) };
    const outcome = await invoker.invoke(httpInvocation(call, { headers, body, input }));
    if (outcome.succeeded) {
      send(response, outcome.response.returnValue);
    } else {
      endResponse(response, 500);
    }
  };
}

function rpcRequest(call: HttpCall, headers: Readonly<Record<string, string>>, body: Buffer): RpcHttpRequest {
  const query = [...new Set(call.url.searchParams.keys())].map(
    (name) => [name, call.url.searchParams.getAll(name).join(",")] as const,
  );
  return {
    url: call.url.href,
    method: call.request.method ?? "GET",
    nullableQuery: nullable(query),
    nullableHeaders: nullable(Object.entries(headers).filter(([, value]) => value !== "")),
    nullableParams: nullable(Object.entries(call.match.parameters)),
    // As on Azure a chunked upload has no body in this mode.
    body: body.length > 0 && contentLengthOf(call.request) > 0 ? { bytes: body } : null,
  };
}

function nullable(
  entries: readonly (readonly [string, string])[],
): Readonly<Record<string, Nullable<string>>> {
  return Object.fromEntries(entries.map(([name, value]) => [name, { value }]));
}

function send(response: ServerResponse, returnValue: OutputData | null | undefined): void {
  const http = returnValue?.http;
  if (http === null || http === undefined) {
    endResponse(response, 204);
    return;
  }
  response.statusCode = Number(http.statusCode ?? 200);
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    response.setHeader(name, value);
  }
  const cookies = http.cookies ?? [];
  if (cookies.length > 0) {
    response.setHeader("set-cookie", cookies.map(setCookieHeader));
  }
  response.end(bodyOf(http));
}

function bodyOf(http: RpcHttpResponse): Buffer | string {
  const value = valueOf(http.body);
  return Buffer.isBuffer(value) || typeof value === "string" ? value : "";
}
