import type { Principal } from "../../domain/access/principal.ts";
import type { Consent, ConsentStatus } from "../../domain/voice/consent.ts";
import type { DocumentPage } from "../ports/documents.ts";
import type { ConsentCollection } from "./consent-collection.ts";

export interface ListConsentsQuery {
  readonly status?: ConsentStatus | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The principal's own consents, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListConsents = (principal: Principal, query: ListConsentsQuery) => Promise<DocumentPage<Consent>>;

export function makeListConsents(consents: ConsentCollection): ListConsents {
  return (principal, { status, limit, cursor }) =>
    consents.query({
      partition: principal.id,
      limit,
      ...(status !== undefined && { equals: { status } }),
      ...(cursor !== undefined && { cursor }),
    });
}
