import { permissionsOf, type Role } from "../../src/domain/access/permissions.ts";
import type { Principal } from "../../src/domain/access/principal.ts";

/** A signed-in person with these roles. */
export function principalWith(roles: readonly Role[], id = "user-1"): Principal {
  return { id, kind: "user", tenantId: "tenant-1", roles, permissions: permissionsOf(roles) };
}
