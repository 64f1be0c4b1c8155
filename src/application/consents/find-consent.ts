import type { Principal } from "../../domain/access/principal.ts";
import type { Consent } from "../../domain/voice/consent.ts";
import { findForAdmin } from "../documents/find-for-admin.ts";
import type { Versioned } from "../ports/documents.ts";
import { type ConsentCollection, consentNotFound } from "./consent-collection.ts";

/** @throws {@link ServiceError} `consent-not-found`, also for consents that the principal may not know of. */
export type FindConsent = (principal: Principal, consentId: string) => Promise<Versioned<Consent>>;

/** Owners find their own consents, admins find all. */
export function makeFindConsent(consents: ConsentCollection): FindConsent {
  return async (principal, consentId) => {
    const own = await consents.read(principal.id, consentId);
    const found = own ?? (await findForAdmin(consents, principal, consentId));
    if (found === undefined) {
      throw consentNotFound(consentId);
    }
    return found;
  };
}
