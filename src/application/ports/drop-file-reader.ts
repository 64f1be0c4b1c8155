export const DROP_FILE_TYPES = ["txt", "ssml", "csv", "json", "jsonl", "srt", "vtt"] as const;
export type DropFileType = (typeof DROP_FILE_TYPES)[number];

/** One item as the file has it, unchecked. */
export interface DroppedItem {
  /** Where it begins, counted from 1. Default: not known, as in JSON. */
  readonly line?: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** When it is to be heard, for subtitles. */
  readonly startMs?: number;
}

export interface DroppedFile {
  readonly items: readonly DroppedItem[];
  /** What a JSON file says beside its items: `defaults`, `output`, `notify`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Reads what people drop: UTF-8, with or without a byte order mark, or UTF-16. */
export interface DropFileReader {
  /** @throws {@link ServiceError} `drop-file-invalid` with the line and the reason. */
  read(type: DropFileType, bytes: Uint8Array): DroppedFile;
}
