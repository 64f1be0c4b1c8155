import { z } from "zod";
import type { StandInHandler } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";
import { issueAccessToken, TOKEN_FLAWS, type TokenIssuer } from "./access-token.ts";

const BODY_LIMIT_BYTES = 64 * 1024;

const tokenRequest = z.strictObject({
  subject: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("user"),
        name: z.string().min(1),
        scopes: z.array(z.string()).default(["access_as_user"]),
      }),
      z.strictObject({ kind: z.literal("app"), clientId: z.uuid() }),
    ])
    .default({ kind: "user", name: "dev", scopes: ["access_as_user"] }),
  roles: z.array(z.string()).default([]),
  version: z.enum(["1.0", "2.0"]).default("2.0"),
  lifetimeSeconds: z.int().min(1).max(86_400).default(3600),
  flaw: z.enum(TOKEN_FLAWS).optional(),
});

/**
 * `POST /tokens` issues any token, wrong ones too; `POST /keys/roll-over` changes the signing key. Mount it only for
 * tests or when faults were asked for at start.
 */
export function tokenControlHandler(issuer: TokenIssuer): StandInHandler {
  return {
    async handle({ request, response, url }) {
      const action = `${request.method} ${url.pathname}`;
      if (action === "POST /keys/roll-over") {
        await issuer.keys.rollOver();
        response.writeHead(204).end();
        return true;
      }
      if (action !== "POST /tokens") {
        return false;
      }
      const { flaw, ...asked } = parse((await readBody(request, BODY_LIMIT_BYTES)).toString("utf8"));
      const token = await issueAccessToken(issuer, { ...asked, ...(flaw === undefined ? {} : { flaw }) });
      sendJson(response, { status: 201, body: { token } });
      return true;
    },
  };
}

function parse(body: string): z.output<typeof tokenRequest> {
  try {
    return tokenRequest.parse(JSON.parse(body));
  } catch (error) {
    throw new Refusal({ status: 400, code: "BadRequest" }, error instanceof Error ? error.message : "bad");
  }
}
