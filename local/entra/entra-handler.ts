import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { sendJson } from "../stand-in/send.ts";
import type { TokenIssuer } from "./access-token.ts";
import { AuthorizationCodes } from "./authorization-codes.ts";
import { completeSignIn, parseAuthorizationRequest } from "./authorize-endpoint.ts";
import { discoveryDocument } from "./discovery.ts";
import { OAuthError } from "./oauth-error.ts";
import { LOCAL_TENANT_ID, type TokenVersion } from "./registration.ts";
import { errorPage, signInPage } from "./sign-in-page.ts";
import { answerTokenRequest, type TokenEndpoint } from "./token-endpoint.ts";

const BODY_LIMIT_BYTES = 64 * 1024;

type Action = (exchange: Exchange, version: TokenVersion) => Promise<void> | void;

/** `/{tenant}/…` of Entra: discovery, keys, sign-in and tokens, of both versions. */
export function entraHandler(issuer: TokenIssuer, control: StandInControl): StandInHandler {
  const endpoint: TokenEndpoint = { issuer, codes: new AuthorizationCodes(issuer.now) };
  const actions: Readonly<Record<string, Action>> = {
    "GET .well-known/openid-configuration": ({ response, url }, version) =>
      sendJson(response, { status: 200, body: discoveryDocument(url.origin, version), headers: CORS }),
    "GET discovery/keys": ({ response }) =>
      sendJson(response, { status: 200, body: { keys: issuer.keys.publicKeys() }, headers: CORS }),
    "GET oauth2/authorize": ({ response, url }) => {
      parseAuthorizationRequest(url.searchParams, issuer.audience);
      sendHtml(response, 200, signInPage());
    },
    "POST oauth2/authorize": async ({ request, response, url }) => {
      const asked = parseAuthorizationRequest(url.searchParams, issuer.audience);
      const form = new URLSearchParams((await readBody(request, BODY_LIMIT_BYTES)).toString("utf8"));
      response.writeHead(302, { location: completeSignIn(endpoint.codes, asked, form).href }).end();
    },
    "POST oauth2/token": async ({ request, response }, version) => {
      const form = new URLSearchParams((await readBody(request, BODY_LIMIT_BYTES)).toString("utf8"));
      const body = await answerTokenRequest(endpoint, version, form);
      sendJson(response, { status: 200, body, headers: { ...CORS, "cache-control": "no-store" } });
    },
    "OPTIONS oauth2/token": ({ response }) => {
      response.writeHead(204, { ...CORS, "access-control-allow-headers": "*" }).end();
    },
  };
  return { handle: (exchange) => handle(exchange, { actions, control, now: issuer.now }) };
}

/** Browsers of any page may redeem a code: PKCE guards it. */
const CORS = { "access-control-allow-origin": "*" };

interface Context {
  readonly actions: Readonly<Record<string, Action>>;
  readonly control: StandInControl;
  readonly now: () => Date;
}

async function handle(exchange: Exchange, { actions, control, now }: Context): Promise<boolean> {
  const path = /^\/([^/]+)\/(?<rest>.+)$/.exec(exchange.url.pathname);
  const tenant = path?.[1] ?? "";
  const rest = path?.groups?.["rest"] ?? "";
  const operation = rest.replace(/(^|\/)v2\.0\//, "$1");
  const action = actions[`${exchange.request.method} ${operation}`];
  if (action === undefined) {
    return false;
  }
  if (await admit(control, exchange, { service: "entra", operation })) {
    try {
      requireTenant(tenant);
      await action(exchange, operation === rest ? "1.0" : "2.0");
    } catch (error) {
      sendOAuthError(exchange, error, now());
    }
  }
  return true;
}

function requireTenant(tenant: string): void {
  if (tenant.toLowerCase() !== LOCAL_TENANT_ID) {
    throw new OAuthError(90002, tenant);
  }
}

function sendOAuthError({ response, url }: Exchange, error: unknown, now: Date): void {
  if (!(error instanceof OAuthError)) {
    throw error;
  }
  if (url.pathname.endsWith("/authorize")) {
    sendHtml(response, error.status, errorPage(error.message));
    return;
  }
  sendJson(response, { status: error.status, body: error.body(now), headers: CORS });
}

function sendHtml(response: Exchange["response"], status: number, html: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(html);
}
