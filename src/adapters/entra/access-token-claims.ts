import type { JWTPayload } from "jose";
import { z } from "zod";
import { isRole, permissionsOf } from "../../domain/access/permissions.ts";
import type { Principal } from "../../domain/access/principal.ts";
import { permissionsWithin } from "../../domain/access/scopes.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

/**
 * What an access token of Entra says of its bearer; `appid` in v1 tokens is `azp` in v2. Only delegated tokens have `scp`.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
const claimsSchema = z.object({
  tid: z.string(),
  oid: z.string().min(1).optional(),
  appid: z.string().min(1).optional(),
  azp: z.string().min(1).optional(),
  roles: z.array(z.string()).default([]),
  scp: z.string().optional(),
});

/** @throws {@link ServiceError} `token-invalid`, `token-issuer-wrong`. */
export function principalOf(payload: JWTPayload, tenantId: string): Principal {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    throw new ServiceError("token-invalid", "The token lacks claims that an access token of Entra ID has.");
  }
  const claims = parsed.data;
  if (claims.tid.toLowerCase() !== tenantId.toLowerCase()) {
    throw new ServiceError("token-issuer-wrong", "The token was issued by another tenant.");
  }
  const scopes = claims.scp?.split(" ").filter((scope) => scope !== "");
  const id = scopes === undefined ? (claims.appid ?? claims.azp) : claims.oid;
  if (id === undefined) {
    throw new ServiceError("token-invalid", "The token names neither a person nor an application.");
  }
  const roles = claims.roles.filter(isRole);
  const permissions = permissionsOf(roles);
  return {
    id,
    kind: scopes === undefined ? "app" : "user",
    tenantId: claims.tid,
    roles,
    permissions: scopes === undefined ? permissions : permissionsWithin(permissions, scopes),
  };
}
