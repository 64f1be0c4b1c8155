import type { Lexeme, LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { LexiconChange, LexiconSnapshot } from "./lexicon-snapshot.ts";
import { isSameLexeme, type UploadRow } from "./read-upload.ts";
import type { RowOutcome } from "./upload-report.ts";

/** `upsert` writes over entries that match the same words, `skip` leaves them, `replace` also deletes all others. */
export const UPLOAD_MODES = ["upsert", "skip", "replace"] as const;
export type UploadMode = (typeof UPLOAD_MODES)[number];

export interface UploadPlan {
  readonly change: LexiconChange;
  readonly result: {
    readonly outcomes: readonly RowOutcome[];
    readonly removed: number;
    readonly previousRevision: number;
  };
}

interface UploadContext {
  readonly mode: UploadMode;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Decides what becomes of each row; failed rows change nothing. */
export function planUpload(
  snapshot: LexiconSnapshot,
  rows: readonly UploadRow[],
  { mode, clock, ids }: UploadContext,
): UploadPlan {
  const now = clock.now().toISOString();
  const put: LexiconEntry[] = [];
  const kept = new Set<string>();
  const outcomes: RowOutcome[] = [];
  for (const row of rows) {
    if (row.kind !== "lexeme") {
      outcomes.push(...row.outcomes);
      continue;
    }
    const before = snapshot.same(row.lexeme);
    const { place } = row;
    if (before === undefined) {
      put.push(created(row.lexeme, { id: ids.next("lex"), lexicon: snapshot.ref.name, now }));
      outcomes.push({ ...place, status: "created" });
      continue;
    }
    kept.add(before.id);
    if (mode === "skip" || isSameLexeme(before, row.lexeme)) {
      const message = mode === "skip" ? "the entry is there already" : "the entry says so already";
      outcomes.push({ ...place, status: "skipped", code: "exists", message });
    } else {
      put.push({ ...before, ...row.lexeme, version: before.version + 1, updatedAt: now });
      outcomes.push({ ...place, status: "updated" });
    }
  }
  const remove = mode === "replace" ? [...snapshot.entries.keys()].filter((id) => !kept.has(id)) : [];
  return {
    change: { put, remove },
    result: { outcomes, removed: remove.length, previousRevision: snapshot.revision },
  };
}

function created(
  lexeme: Lexeme,
  { id, lexicon, now }: { readonly id: string; readonly lexicon: string; readonly now: string },
): LexiconEntry {
  return { ...lexeme, id, lexicon, version: 1, createdAt: now, updatedAt: now };
}
