import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Consent } from "../../domain/voice/consent.ts";
import { updateDocument } from "../documents/update-document.ts";
import type { CollectionDefinition, DocumentCollection, Versioned } from "../ports/documents.ts";

/** Names a consent in its owner's partition. */
export interface ConsentRef {
  readonly consentId: string;
  readonly ownerId: string;
}

/** Partitioned by owner. */
export const CONSENTS: CollectionDefinition = { name: "consents" };

/** Below the owner's folder in `samples`; each recording is called like its consent. */
export const CONSENT_FOLDER = "consents/";

export type ConsentCollection = DocumentCollection<Consent>;

export function consentNotFound(consentId: string): ServiceError {
  return new ServiceError("consent-not-found", `There is no consent ${consentId}.`, {
    details: { consentId },
  });
}

/**
 * Reads, changes and writes a consent; starts over when somebody else wrote in between.
 *
 * @param change returns undefined to leave the consent as it is.
 * @throws {@link ServiceError} `consent-not-found`, and `precondition-failed` after five lost races.
 */
export async function updateConsent(
  consents: ConsentCollection,
  { consentId, ownerId }: ConsentRef,
  change: (consent: Consent) => Consent | undefined,
): Promise<Versioned<Consent>> {
  return updateDocument(consents, {
    partition: ownerId,
    id: consentId,
    change,
    notFound: () => consentNotFound(consentId),
  });
}
