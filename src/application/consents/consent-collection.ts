import type { Consent } from "../../domain/voice/consent.ts";
import type { CollectionDefinition, DocumentCollection } from "../ports/documents.ts";

/** Partitioned by owner. */
export const CONSENTS: CollectionDefinition = { name: "consents" };

export type ConsentCollection = DocumentCollection<Consent>;
