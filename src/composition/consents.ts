import { makeListConsents } from "../application/consents/list-consents.ts";
import { makeRecordConsent } from "../application/consents/record-consent.ts";
import { makeRevokeConsent } from "../application/consents/revoke-consent.ts";
import { composeConsentStatementRoute } from "../http/consents/compose-consent-statement.ts";
import { createConsentRoute } from "../http/consents/create-consent.ts";
import { getConsentRoute } from "../http/consents/get-consent.ts";
import { listConsentsRoute } from "../http/consents/list-consents.ts";
import { revokeConsentRoute } from "../http/consents/revoke-consent.ts";
import type { RecordConsentPorts } from "../application/consents/record-consent.ts";
import type { RevokeConsentPorts } from "../application/consents/revoke-consent.ts";
import type { Route } from "../http/route.ts";

/** Everything about consents but what happens in the background. */
export function consentRoutes(ports: RecordConsentPorts & RevokeConsentPorts): readonly Route[] {
  return [
    composeConsentStatementRoute(),
    createConsentRoute(makeRecordConsent(ports)),
    listConsentsRoute(makeListConsents(ports.consents)),
    getConsentRoute(ports.findConsent),
    revokeConsentRoute(makeRevokeConsent(ports)),
  ];
}
