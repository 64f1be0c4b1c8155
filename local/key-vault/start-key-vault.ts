import type { IncomingMessage, ServerResponse } from "node:http";
import { type RunningTlsServer, startTlsServer } from "../stand-in/tls-server.ts";

export interface RunningKeyVault extends RunningTlsServer {
  /** Sets a secret, or removes it. */
  set(name: string, value: string | undefined): void;
  /** Answers every request with this status from here on; undefined ends it. */
  fail(status: 403 | 503 | undefined): void;
  /** Requests with a token so far. */
  requests(): number;
}

const TENANT = "3f2b8c1e-7a54-4d0b-9c61-5e0d7a9b4f10";

interface VaultState {
  readonly secrets: Map<string, string>;
  failure: 403 | 503 | undefined;
  requests: number;
}

/**
 * Plays a Key Vault over TLS: the challenge that tells clients where tokens come from, and reading secrets. It takes any
 * token and refuses every other operation with 405.
 */
export async function startKeyVault(): Promise<RunningKeyVault> {
  const state: VaultState = { secrets: new Map(), failure: undefined, requests: 0 };
  const server = await startTlsServer((request, response) => answer(state, request, response));
  return {
    ...server,
    set: (name, value) => {
      if (value === undefined) {
        state.secrets.delete(name);
      } else {
        state.secrets.set(name, value);
      }
    },
    fail: (status) => {
      state.failure = status;
    },
    requests: () => state.requests,
  };
}

function answer(state: VaultState, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization === undefined) {
    response.setHeader(
      "www-authenticate",
      `Bearer authorization="https://login.microsoftonline.com/${TENANT}", resource="https://vault.azure.net"`,
    );
    sendError(response, 401, "Unauthorized");
    return;
  }
  state.requests += 1;
  const [, name] = /^\/secrets\/([0-9a-zA-Z-]{1,127})\/?(?:\?|$)/.exec(request.url ?? "") ?? [];
  if (state.failure !== undefined) {
    sendError(response, state.failure, state.failure === 403 ? "Forbidden" : "ServiceUnavailable");
  } else if (request.method !== "GET" || name === undefined) {
    sendError(response, 405, "MethodNotAllowed");
  } else {
    sendSecret(response, `https://${request.headers.host}/secrets/${name}`, state.secrets.get(name));
  }
}

function sendSecret(response: ServerResponse, id: string, value: string | undefined): void {
  if (value === undefined) {
    sendError(response, 404, "SecretNotFound");
    return;
  }
  const attributes = {
    enabled: true,
    created: 1_700_000_000,
    updated: 1_700_000_000,
    recoveryLevel: "Recoverable",
  };
  sendJson(response, 200, { value, id: `${id}/0123456789abcdef0123456789abcdef`, attributes });
}

function sendError(response: ServerResponse, status: number, code: string): void {
  sendJson(response, status, { error: { code, message: code } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
