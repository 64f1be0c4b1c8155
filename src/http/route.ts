import { z } from "zod";
import type { LimitClass } from "../application/ports/request-limiter.ts";
import type { Permission } from "../domain/access/permissions.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import { readBody } from "./body.ts";
import type { Call } from "./call.ts";
import { matchPath } from "./path-template.ts";
import { readQuery } from "./query.ts";
import { checked } from "./validation.ts";

/** `ANY` is the fallback route's alone. */
export type Method = "GET" | "POST" | "PUT" | "DELETE" | "ANY";

export type BodyMediaType =
  | "application/json"
  | "multipart/form-data"
  | "application/ssml+xml"
  | "text/plain";

export interface BodySpec<B> {
  readonly schema: z.ZodType<B>;
  /** The first one is what an absent Content-Type means. */
  readonly mediaTypes: readonly BodyMediaType[];
  readonly maxBytes: number;
  /** A client may send no body at all; the schema then gets `{}`. Default false. */
  readonly optional?: boolean;
}

export interface ResponseSpec {
  readonly description: string;
  /** Media type → schema; a string schema for audio and other bytes. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
  /** Header name → what it tells. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The declaration of one HTTP operation: it registers the Function, validates requests and writes OpenAPI. */
export interface RouteSpec<P = unknown, Q = unknown, B = unknown> {
  /** Also the Function's name, which decides the order in which the real host tries routes. */
  readonly operationId: string;
  readonly method: Method;
  /** Takes HEAD as well, for a `GET` that probes ask: the same answer without its body. Default false. */
  readonly takesHead?: boolean;
  /** For example `/api/v1/voices/{voiceId}`. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `public` routes need no token. */
  readonly permission: Permission | "public";
  /** Default `default`; `unlimited` is for probes of the platform. */
  readonly limitClass?: LimitClass | "unlimited";
  readonly pathSchema?: z.ZodType<P>;
  /** An object; any other parameter is refused. Default: there is none. */
  readonly querySchema?: z.ZodType<Q>;
  /** Takes parameters that it does not know, as pages do that others link to. Default false. */
  readonly ignoresUnknownQuery?: boolean;
  readonly body?: BodySpec<B>;
  /** Takes an Idempotency-Key: it creates something. Default false. */
  readonly idempotent?: boolean;
  readonly responses: Readonly<Record<number, ResponseSpec>>;
}

export interface RouteInput<P, Q, B> {
  readonly path: P;
  readonly query: Q;
  readonly body: B;
}

export interface Route {
  readonly spec: RouteSpec;
  /** Validates the request and runs the handler. @throws {@link ServiceError} */
  handle(call: Call): Promise<Response>;
}

/**
 * Ties a declaration to its handler. Input is validated before the handler runs.
 *
 * @throws {@link ServiceError} `request-invalid`, `request-malformed`, `request-too-large`, `media-type-unsupported`,
 * `query-parameter-unknown` from the route's `handle`, besides what the handler throws.
 */
export function route<P, Q, B>(
  spec: RouteSpec<P, Q, B>,
  handler: (input: RouteInput<P, Q, B>, call: Call) => Promise<Response>,
): Route {
  return {
    spec,
    async handle(call) {
      const params = matchPath(spec.path, call.url.pathname);
      if (params === undefined) {
        throw new ServiceError("route-not-found", "The path does not fit the route.");
      }
      const path = checked(spec.pathSchema ?? z.custom<P>(), params, "path");
      const query = checked(
        spec.querySchema ?? z.custom<Q>(),
        readQuery(spec, call.url.searchParams),
        "query",
      );
      const body = checked(
        spec.body?.schema ?? z.custom<B>(),
        await readBody(call.request, spec.body, call.onBodyChunk),
        "body",
      );
      return handler({ path, query, body }, call);
    },
  };
}
