import { isPermission, type Permission } from "./permissions.ts";

/** Delegated scopes by which a client may do all that the person's role allows. */
const FULL_SCOPES: ReadonlySet<string> = new Set(["access_as_user", "user_impersonation"]);

/** What is left of a role's permissions for a client that the person gave these delegated scopes. */
export function permissionsWithin(
  permissions: ReadonlySet<Permission>,
  scopes: readonly string[],
): ReadonlySet<Permission> {
  return scopes.some((scope) => FULL_SCOPES.has(scope))
    ? permissions
    : new Set(scopes.filter(isPermission).filter((permission) => permissions.has(permission)));
}
