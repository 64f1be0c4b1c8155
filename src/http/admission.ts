import type { Authenticator } from "../application/ports/authenticator.ts";
import type { LimitSubject, RequestLimiter } from "../application/ports/request-limiter.ts";
import { assertPermission } from "../domain/access/assert-permission.ts";
import { ANONYMOUS, type Principal } from "../domain/access/principal.ts";
import { ServiceError } from "../domain/errors/service-error.ts";
import { bodyTooLarge } from "./body-too-large.ts";
import { clientAddress } from "./client-address.ts";
import type { RouteSpec } from "./route.ts";

export interface AdmissionParts {
  readonly authenticator: Authenticator;
  readonly limiter: RequestLimiter;
  /** Host names without port that are served; empty serves every host. */
  readonly allowedHosts: readonly string[];
  /** Proxies in front of the app that append to X-Forwarded-For. */
  readonly trustedProxyCount: number;
}

/** What an admitted request brings along; told step by step, so that a refusal can still say who was refused. */
export interface Admission {
  principal: Principal | undefined;
  limitHeaders: Readonly<Record<string, string>>;
}

/**
 * Everything that is decided before the body is read: host, declared size, authentication, permission, rate limit.
 *
 * @throws {@link ServiceError}
 */
export async function admit(
  { spec, request }: { readonly spec: RouteSpec; readonly request: Request },
  admission: Admission,
  parts: AdmissionParts,
): Promise<Principal> {
  assertHost(new URL(request.url), parts.allowedHosts);
  assertDeclaredSize(spec, request);
  const principal = await identify(spec, request, parts);
  admission.principal = principal;
  if (spec.permission !== "public") {
    assertPermission(principal, spec.permission);
  }
  const { limitClass = "default" } = spec;
  if (limitClass !== "unlimited" && !isPreflight(request)) {
    const subject = principal === ANONYMOUS ? addressOf(request, parts) : principalSubject(principal);
    admission.limitHeaders = await parts.limiter.take(subject, limitClass);
  }
  return principal;
}

function assertHost(url: URL, allowedHosts: readonly string[]): void {
  if (allowedHosts.length > 0 && !allowedHosts.includes(url.hostname)) {
    throw new ServiceError("host-not-allowed", "The Host header names a host that is not served here.");
  }
}

function assertDeclaredSize({ body }: RouteSpec, request: Request): void {
  if (body !== undefined && Number(request.headers.get("content-length") ?? 0) > body.maxBytes) {
    throw bodyTooLarge(body.maxBytes);
  }
}

/** A refused token counts against the address, so that guessing is limited too. */
async function identify(spec: RouteSpec, request: Request, parts: AdmissionParts): Promise<Principal> {
  if (spec.permission === "public") {
    return ANONYMOUS;
  }
  try {
    return await parts.authenticator.authenticate(bearerToken(request));
  } catch (error) {
    await parts.limiter.take(addressOf(request, parts), "default");
    throw error;
  }
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** Browsers send preflights on their own, without the token that has a budget, so they are free. */
function isPreflight({ method }: Request): boolean {
  return method === "OPTIONS";
}

function addressOf(request: Request, { trustedProxyCount }: AdmissionParts): LimitSubject {
  return { kind: "address", id: clientAddress(request, trustedProxyCount) ?? "unknown" };
}

function principalSubject({ id }: Principal): LimitSubject {
  return { kind: "principal", id };
}
