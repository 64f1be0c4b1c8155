import { ServiceError } from "../errors/service-error.ts";
import { leastRoleFor, type Permission, permissionsOf } from "./permissions.ts";
import type { Principal } from "./principal.ts";

/** @throws {@link ServiceError} `permission-denied` that names the missing app role, or the missing delegated scope. */
export function assertPermission(principal: Principal, permission: Permission): void {
  if (principal.permissions.has(permission)) {
    return;
  }
  if (permissionsOf(principal.roles).has(permission)) {
    throw new ServiceError(
      "permission-denied",
      `Your role allows ${permission}, but the client has no delegated scope ${permission} or access_as_user.`,
      { details: { permission, scope: permission }, recovery: [SCOPE_RECOVERY] },
    );
  }
  const role = leastRoleFor(permission);
  throw new ServiceError(
    "permission-denied",
    `This needs the permission ${permission}: the app role ${role}.`,
    {
      details: { permission, role },
    },
  );
}

const SCOPE_RECOVERY = "Sign in again with a client that asks for the scope that `detail` names.";
