import type { CostEstimate } from "../../domain/speech/price-table.ts";
import type { TimingSource } from "../../domain/speech/timings/timed-word.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";
import type { BlobRef } from "../ports/blobs.ts";
import type { DocumentCollection, StoredDocument } from "../ports/documents.ts";

/** One synthesis in the history of its owner; the audio and its timings are blobs. */
export interface SynthesisRecord extends StoredDocument {
  readonly voiceId: string;
  /** What the request said that it is for, if anything. */
  readonly use?: VoiceUse | null;
  readonly locale: string;
  /** Azure's name of the format. */
  readonly format: string;
  readonly contentType: string;
  readonly extension: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly characters: number;
  readonly charactersBilled: number;
  readonly cost: CostEstimate | null;
  /** The beginning of the text. */
  readonly preview: string;
  readonly cache: "hit" | "miss" | "bypass";
  readonly timingSource: TimingSource;
  readonly translatedTo: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export type SynthesisCollection = DocumentCollection<SynthesisRecord>;

export const HISTORY_PREFIX = "history/";

type RecordKey = Pick<SynthesisRecord, "id" | "partition" | "extension">;

export function audioRefOf({ partition, id, extension }: RecordKey): BlobRef {
  return { container: "audio", name: `${HISTORY_PREFIX}${partition}/${id}.${extension}` };
}

export function timingsRefOf({ partition, id }: RecordKey): BlobRef {
  return { container: "audio", name: `${HISTORY_PREFIX}${partition}/${id}.json` };
}
