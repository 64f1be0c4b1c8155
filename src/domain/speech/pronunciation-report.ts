import type { NotAppliedReason, Occurrence } from "../lexicon/apply-lexicon.ts";
import { replacementOf } from "../lexicon/lexicon-entry.ts";
import type { SpeechWarning } from "./speech-warning.ts";

/** What became of one lexicon entry in one synthesis. */
export interface PronunciationReport {
  readonly entryId: string;
  readonly grapheme: string;
  readonly replacement: string;
  readonly count: number;
  readonly applied: boolean;
  /** Undefined when it was applied. */
  readonly reason: NotAppliedReason | undefined;
}

export function reportPronunciations(occurrences: readonly Occurrence[]): readonly PronunciationReport[] {
  const reports = new Map<string, PronunciationReport>();
  for (const { entry, reason } of occurrences) {
    const key = `${entry.id} ${reason ?? ""}`;
    reports.set(key, {
      entryId: entry.id,
      grapheme: entry.grapheme,
      replacement: replacementOf(entry.pronunciation),
      count: (reports.get(key)?.count ?? 0) + 1,
      applied: reason === undefined,
      reason,
    });
  }
  return [...reports.values()];
}

/** One warning for each entry that the voice cannot speak. An entry that gives way to another is none. */
export function pronunciationWarnings(reports: readonly PronunciationReport[]): readonly SpeechWarning[] {
  return reports.flatMap(({ entryId, reason }) =>
    reason === undefined || reason === "preferred-other"
      ? []
      : [
          {
            code: "pronunciation-unsupported" as const,
            message: `Lexicon entry ${entryId} is not applied: ${reason}.`,
          },
        ],
  );
}
