import type { Clock } from "../../src/application/ports/clock.ts";
import { controlHandler } from "../faults/control-handler.ts";
import { createControl, type StandInControl } from "../faults/control.ts";
import { startStandIn } from "../stand-in/server.ts";
import { issueAccessToken, type TokenIssuer, type TokenRequest } from "./access-token.ts";
import { entraHandler } from "./entra-handler.ts";
import { SigningKeys } from "./signing-keys.ts";
import { tokenControlHandler } from "./token-control-handler.ts";

export interface EntraOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Keys are kept in its folder `entra`. */
  readonly dataDirectory: string;
  /** Application ID URI of the API: the audience of v1 tokens. */
  readonly audience: string;
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Mounts the endpoints that steer faults, keys and tokens. Default: nothing of them can be reached. */
  readonly control?: StandInControl;
  /** Hears of failures that are bugs of the stand-in. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningEntra {
  /** Base URL of the authority, without a trailing slash. */
  readonly url: string;
  issueToken(request: TokenRequest): Promise<string>;
  rollOverKeys(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the stand-in for Microsoft Entra ID: one tenant, one API, a public and a confidential client. */
export async function startEntra(options: EntraOptions): Promise<RunningEntra> {
  const { clock, control, onError } = options;
  const issuer: TokenIssuer = {
    keys: await SigningKeys.open(options.dataDirectory),
    audience: options.audience,
    now: () => clock?.now() ?? new Date(),
  };
  const controls = control === undefined ? [] : [controlHandler(control), tokenControlHandler(issuer)];
  const running = await startStandIn({
    port: options.port,
    handlers: [...controls, entraHandler(issuer, control ?? createControl())],
    ...(onError === undefined ? {} : { onError }),
  });
  return {
    url: running.url,
    issueToken: (request) => issueAccessToken(issuer, request),
    rollOverKeys: () => issuer.keys.rollOver(),
    close: () => running.close(),
  };
}
