import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { LexiconFileFormat, LexiconFiles } from "../ports/lexicon-files.ts";
import type { LexiconReader } from "./lexicon-reader.ts";

export interface ExportRequest {
  readonly lexicon: string;
  readonly format: LexiconFileFormat;
  /** Only entries of exactly this locale; default: all. */
  readonly locale?: string | undefined;
}

export interface LexiconExport {
  readonly revision: number;
  /** The file in pieces, oldest entry first. */
  readonly pieces: Iterable<string>;
}

/** @throws {@link ServiceError} `lexicon-not-found`. */
export type ExportLexicon = (principal: Principal, request: ExportRequest) => Promise<LexiconExport>;

export function makeExportLexicon(reader: LexiconReader, files: LexiconFiles): ExportLexicon {
  return async (principal, { lexicon, format, locale }) => {
    const current = await reader.current({ ownerId: principal.id, name: lexicon });
    if (current === undefined) {
      throw new ServiceError("lexicon-not-found", `There is no lexicon ${lexicon}.`);
    }
    const { entries, revision } = current.snapshot;
    const chosen = [...entries.values()]
      .filter((entry) => locale === undefined || entry.locale === locale)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return { revision, pieces: files.write(format, chosen) };
  };
}
