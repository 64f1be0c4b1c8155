export type RowStatus = "created" | "updated" | "skipped" | "failed";

export interface RowPlace {
  /** Counts from 1, without a header. */
  readonly row: number;
  /** In the file, from 1, where the format tells. */
  readonly line?: number;
  /** What of the row is not stored, and why. */
  readonly warnings?: readonly string[];
}

/** What became of a row. A row with several faults has several. */
export interface RowOutcome extends RowPlace {
  readonly status: RowStatus;
  readonly column?: string;
  readonly code?: string;
  readonly message?: string;
}

export interface UploadReport {
  readonly lexicon: string;
  /** Of the lexicon, before the upload and after it. */
  readonly previousRevision: number;
  readonly revision: number;
  /** 64 lower-case hexadecimal digits. */
  readonly fileSha256: string;
  readonly dryRun: boolean;
  /** Rows. */
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
  /** Entries that are in the file no more: only in mode `replace`. */
  readonly deleted: number;
  /** About the file as a whole. */
  readonly warnings: readonly string[];
  readonly rows: readonly RowOutcome[];
}

export function countRows(
  rows: readonly RowOutcome[],
  fields: Pick<
    UploadReport,
    "lexicon" | "previousRevision" | "revision" | "fileSha256" | "deleted" | "dryRun"
  >,
): UploadReport {
  const count = (status: RowStatus) =>
    new Set(rows.filter((row) => row.status === status).map(({ row }) => row)).size;
  return {
    ...fields,
    created: count("created"),
    updated: count("updated"),
    skipped: count("skipped"),
    failed: count("failed"),
    warnings: rows.length === 0 ? ["The file has no rows, so that nothing was changed."] : [],
    rows,
  };
}
