import type { Permission, Role } from "./permissions.ts";

/** Who is asking: a person, or an application on its own behalf. */
export interface Principal {
  /** `oid` of a person, `appid` of an application. It owns what the principal makes. */
  readonly id: string;
  readonly kind: "user" | "app";
  readonly tenantId: string;
  readonly roles: readonly Role[];
  /** What the roles give, cut down to the delegated scopes where the token has any. */
  readonly permissions: ReadonlySet<Permission>;
}

/** May see and change what belongs to others. */
export function isAdmin(principal: Principal): boolean {
  return principal.roles.includes("Voice.Admin");
}

/** Whoever calls a public route. */
export const ANONYMOUS: Principal = {
  id: "anonymous",
  kind: "app",
  tenantId: "",
  roles: [],
  permissions: new Set(),
};
