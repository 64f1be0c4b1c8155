import type { CollectionDefinition } from "../ports/documents.ts";

const RETENTION_SECONDS = 30 * 24 * 60 * 60;

/** Partitioned by owner. */
export const WEBHOOK_DELIVERIES: CollectionDefinition = {
  name: "webhook-deliveries",
  defaultTimeToLiveSeconds: RETENTION_SECONDS,
};

/** One document per owner. */
export const WEBHOOK_SECRETS: CollectionDefinition = { name: "webhook-secrets" };
