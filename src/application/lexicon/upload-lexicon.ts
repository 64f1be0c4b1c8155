import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Hasher, RunningHash } from "../ports/hasher.ts";
import type { LexiconFileFormat, LexiconFiles } from "../ports/lexicon-files.ts";
import type { LexiconParts } from "./lexicon-parts.ts";
import { LexiconSnapshot } from "./lexicon-snapshot.ts";
import { planUpload, type UploadMode } from "./plan-upload.ts";
import { readUpload, type UploadRow } from "./read-upload.ts";
import { countRows, type RowOutcome, type UploadReport } from "./upload-report.ts";

export interface UploadRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly format: LexiconFileFormat;
  readonly mode: UploadMode;
  /** Counts for all rows, whatever the file says. Default: what the file says, else `default`. */
  readonly lexicon: string | undefined;
  /** For rows without one; default: every locale. */
  readonly locale: string | undefined;
  /** Only report what would happen. */
  readonly dryRun: boolean;
}

/**
 * Takes a whole file or nothing of it.
 *
 * @throws {@link ServiceError} `lexicon-file-invalid`; `lexicon-file-empty` in mode `replace`; `lexicon-rows-invalid` with rows and columns in `errors`, except in
 * a dry run, which reports them; `lexicon-full`, `lexicon-busy` (retryable).
 */
export type UploadLexicon = (
  principal: Principal,
  request: UploadRequest,
  signal: AbortSignal,
) => Promise<UploadReport>;

const MAX_REPORTED_ERRORS = 100;

interface UploadPorts {
  readonly files: LexiconFiles;
  readonly hasher: Pick<Hasher, "sha256">;
}

export function makeUploadLexicon(parts: LexiconParts, { files, hasher }: UploadPorts): UploadLexicon {
  return async (principal, request, signal) => {
    const target = { ...request, maxRows: parts.limits.maxRows };
    const hash = hasher.sha256();
    const bytes = hashedBytes(request.bytes, hash);
    const { name, rows } = await readUpload(files.read(request.format, bytes), target, signal);
    const about = { lexicon: name, fileSha256: hash.hex(), dryRun: request.dryRun };
    refuseToEmpty(rows, request.mode);
    const ref = { ownerId: principal.id, name };
    const plan = (snapshot: LexiconSnapshot) => planUpload(snapshot, rows, { ...parts, mode: request.mode });
    if (request.dryRun) {
      const current = await parts.reader.current(ref, signal);
      const snapshot = current?.snapshot ?? new LexiconSnapshot(ref, 0, new Map());
      const { revision } = snapshot;
      const { outcomes, removed } = plan(snapshot).result;
      return countRows(outcomes, { ...about, previousRevision: revision, revision, deleted: removed });
    }
    refuseFailures(rows);
    const { revision, result } = await parts.writer.change(ref, plan, signal);
    const { outcomes, previousRevision, removed } = result;
    return countRows(outcomes, { ...about, previousRevision, revision, deleted: removed });
  };
}

async function* hashedBytes(
  bytes: AsyncIterable<Uint8Array>,
  hash: RunningHash,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** A file whose rows got lost must not delete a lexicon. */
function refuseToEmpty(rows: readonly UploadRow[], mode: UploadMode): void {
  if (mode === "replace" && rows.length === 0) {
    const message = "has no rows, and replacing a lexicon by it would delete every entry";
    throw new ServiceError("lexicon-file-empty", `The file ${message}; nothing was changed.`, {
      errors: [{ field: "file", message }],
    });
  }
}

function refuseFailures(rows: readonly UploadRow[]): void {
  const failures = rows.flatMap((row) => (row.kind === "failed" ? row.outcomes : []));
  if (failures.length === 0) {
    return;
  }
  const failed = new Set(failures.map(({ row }) => row)).size;
  throw new ServiceError(
    "lexicon-rows-invalid",
    `${failed} of ${rows.length} rows are not valid; nothing was stored.`,
    {
      details: { failed, rows: rows.length },
      errors: failures.slice(0, MAX_REPORTED_ERRORS).map((outcome) => ({
        field: fieldOf(outcome),
        message: outcome.message ?? "",
      })),
    },
  );
}

function fieldOf({ row, column }: RowOutcome): string {
  return column === undefined || column === "row" ? `rows[${row}]` : `rows[${row}].${column}`;
}
