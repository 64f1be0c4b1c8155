import { ServiceError } from "../errors/service-error.ts";
import { isAdmin, type Principal } from "./principal.ts";

/**
 * The principal, working on what belongs to `ownerId`. Only administrators work on what belongs to others.
 *
 * @param ownerId default: the principal's own.
 * @throws {@link ServiceError} `permission-denied`, whether or not there is such an owner.
 */
export function onBehalfOf(principal: Principal, ownerId: string | undefined): Principal {
  if (ownerId === undefined || ownerId === principal.id) {
    return principal;
  }
  if (!isAdmin(principal)) {
    throw new ServiceError("permission-denied", "What belongs to others needs the app role Voice.Admin.", {
      details: { role: "Voice.Admin" },
    });
  }
  return { ...principal, id: ownerId };
}
