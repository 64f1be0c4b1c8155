import type { Clock } from "../ports/clock.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Ids } from "../ports/ids.ts";
import type { LexiconFiles } from "../ports/lexicon-files.ts";
import type { PronunciationSuggester } from "../ports/pronunciation-suggester.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { VoiceResolver } from "../ports/voice-resolver.ts";
import { type CreateLexiconEntry, makeCreateLexiconEntry } from "./create-entry.ts";
import { type DeleteLexiconEntry, makeDeleteLexiconEntry } from "./delete-entry.ts";
import { type ExportLexicon, makeExportLexicon } from "./export-lexicon.ts";
import { type GetLexiconEntry, makeGetLexiconEntry } from "./get-entry.ts";
import type { LexiconCollection } from "./lexicon-documents.ts";
import { LEXICON_LIMITS, type LexiconLimits } from "./lexicon-limits.ts";
import { LexiconReader } from "./lexicon-reader.ts";
import { LexiconWriter } from "./lexicon-writer.ts";
import { type ListLexiconEntries, makeListLexiconEntries } from "./list-entries.ts";
import { makePrepareLexicons, type PrepareLexicons } from "./prepare-lexicons.ts";
import { makeSuggestPronunciations, type SuggestPronunciations } from "./suggest-pronunciations.ts";
import { makeUpdateLexiconEntry, type UpdateLexiconEntry } from "./update-entry.ts";
import { makeUploadLexicon, type UploadLexicon } from "./upload-lexicon.ts";
import { makeValidateLexicon, type ValidateLexicon } from "./validate-lexicon.ts";

export interface LexiconPorts {
  readonly lexicons: LexiconCollection;
  readonly files: LexiconFiles;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly voices: VoiceResolver;
  readonly parser: SsmlParser;
  /** Undefined where the operator has not configured one. */
  readonly suggester: PronunciationSuggester | undefined;
  /** Of a text to validate. */
  readonly maxTextCharacters: number;
  /** Default: {@link LEXICON_LIMITS}. */
  readonly limits?: LexiconLimits;
}

export interface LexiconUseCases {
  readonly createEntry: CreateLexiconEntry;
  readonly getEntry: GetLexiconEntry;
  readonly listEntries: ListLexiconEntries;
  readonly updateEntry: UpdateLexiconEntry;
  readonly deleteEntry: DeleteLexiconEntry;
  readonly uploadLexicon: UploadLexicon;
  readonly exportLexicon: ExportLexicon;
  readonly validateLexicon: ValidateLexicon;
  readonly suggestPronunciations: SuggestPronunciations;
  readonly prepareLexicons: PrepareLexicons;
}

/** One set for each process: they share what they have read. */
export function makeLexiconUseCases(ports: LexiconPorts): LexiconUseCases {
  const { lexicons, files, clock, ids, limits = LEXICON_LIMITS } = ports;
  const reader = new LexiconReader(lexicons, limits.maxCachedEntries);
  const writer = new LexiconWriter({ collection: lexicons, reader, clock, ids, limits });
  const parts = { reader, writer, clock, ids, limits };
  const prepareLexicons = makePrepareLexicons(reader, limits.maxCachedEntries);
  return {
    createEntry: makeCreateLexiconEntry(parts),
    getEntry: makeGetLexiconEntry(parts),
    listEntries: makeListLexiconEntries(parts),
    updateEntry: makeUpdateLexiconEntry(parts),
    deleteEntry: makeDeleteLexiconEntry(parts),
    uploadLexicon: makeUploadLexicon(parts, ports),
    exportLexicon: makeExportLexicon(reader, files),
    validateLexicon: makeValidateLexicon({ ...ports, prepareLexicons }),
    suggestPronunciations: makeSuggestPronunciations(prepareLexicons, ports.suggester),
    prepareLexicons,
  };
}
