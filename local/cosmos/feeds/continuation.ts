import { createHash } from "node:crypto";

import { z } from "zod";

import { type Json, parseJson } from "../json.ts";
import { badRequest } from "../refusals.ts";

/** Where a page ended. */
export interface Continuation {
  /** Of the query, its parameters and its partitions. */
  readonly fingerprint: string;
  /** How many results the pages before had. */
  readonly taken: number;
  /** How many results OFFSET has skipped. */
  readonly skipped: number;
  /** Of the last document that was read; null for a feed whose results are numbered. */
  readonly position: number | null;
  /** Values of ORDER BY of that document; a missing value is an empty array. */
  readonly keys: readonly (readonly Json[])[];
}

const continuationSchema = z.object({
  fingerprint: z.string(),
  taken: z.int().min(0),
  skipped: z.int().min(0),
  position: z.int().nullable(),
  keys: z.array(z.array(z.json()).max(1)),
});

export function continuationText(continuation: Continuation): string {
  return Buffer.from(JSON.stringify(continuation)).toString("base64url");
}

/** @throws Refusal 400 for text that is no continuation of this feed. */
export function continuationOf(text: string | undefined, fingerprint: string): Continuation | undefined {
  if (text === undefined) {
    return undefined;
  }
  const parsed = continuationSchema.safeParse(decoded(text));
  if (!parsed.success || parsed.data.fingerprint !== fingerprint) {
    throw badRequest("Invalid continuation token.");
  }
  return parsed.data;
}

export function fingerprintOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);
}

function decoded(text: string): unknown {
  try {
    return parseJson(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
