import type { Principal } from "../../domain/access/principal.ts";
import { type Consent, revoke } from "../../domain/voice/consent.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { type ConsentCollection, type ConsentRef, updateConsent } from "./consent-collection.ts";
import type { FindConsent } from "./find-consent.ts";

/**
 * Withdraws a consent: from this moment on no voice made with it speaks, and everything made with it is removed from
 * Azure in the background. The consent itself stays as proof, without its recording.
 *
 * @throws {@link ServiceError} `consent-not-found`, and `precondition-failed` after five lost races.
 */
export type RevokeConsent = (principal: Principal, consentId: string) => Promise<Versioned<Consent>>;

export interface RevokeConsentPorts {
  readonly consents: ConsentCollection;
  readonly findConsent: FindConsent;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
}

export function makeRevokeConsent(ports: RevokeConsentPorts): RevokeConsent {
  return async (principal, consentId) => {
    const { partition: ownerId } = await ports.findConsent(principal, consentId);
    const revoked = await updateConsent(ports.consents, { consentId, ownerId }, (consent) =>
      consent.status === "revoked" ? undefined : revoke(consent, ports.clock.now()),
    );
    await startRevocation(ports.orchestrations, revoked);
    return revoked;
  };
}

/** Starting a removal that runs already changes nothing. */
export async function startRevocation(
  orchestrations: Orchestrations,
  { id: consentId, partition: ownerId }: Consent,
): Promise<void> {
  const ref: ConsentRef = { consentId, ownerId };
  await orchestrations.start("revokeConsentOrchestration", `revoke-${consentId}`, ref);
}
