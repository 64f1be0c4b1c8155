import { type OperationExamples, pageOf } from "./operation-example.ts";

const entry = {
  id: "entry_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  lexicon: "default",
  grapheme: "Siobhan",
  alias: "Shivawn",
  locale: "en-US",
  caseSensitive: false,
  wholeWord: true,
  enabled: true,
  notes: "",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
  etag: "0800b1",
};

export const lexiconExamples: OperationExamples = {
  createLexiconEntry: {
    request: { grapheme: "Siobhan", alias: "Shivawn", locale: "en-US" },
    responses: { 201: entry },
  },
  listLexiconEntries: { responses: { 200: pageOf(entry) } },
  getLexiconEntry: { responses: { 200: entry } },
  updateLexiconEntry: { request: { alias: "Shivawn" }, responses: { 200: entry } },
  bulkUploadLexicon: {
    form: { file: "@names.csv", mode: "upsert", lexicon: "default", locale: "en-US", dryRun: "false" },
    responses: {
      200: {
        lexicon: "default",
        previousRevision: 12,
        revision: 12,
        fileSha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        dryRun: true,
        created: 1,
        updated: 0,
        skipped: 0,
        failed: 1,
        deleted: 0,
        warnings: [],
        rows: [
          { row: 1, status: "created" },
          {
            row: 2,
            line: 3,
            status: "failed",
            column: "alias",
            code: "pronunciation-missing",
            message: "and phoneme are both missing; give one of them",
          },
        ],
      },
    },
  },
  exportLexicon: { responses: { 200: [{ grapheme: "Siobhan", alias: "Shivawn", locale: "en-US" }] } },
  suggestPronunciations: {
    request: { text: "Ask Siobhan about the SQL import.", locale: "en-US" },
    responses: {
      200: {
        suggestions: [
          {
            grapheme: "SQL",
            alias: "sequel",
            locale: "en-US",
            caseSensitive: true,
            hardness: "acronym",
            reason: "An acronym that is spoken as a word",
          },
        ],
        rejected: [],
      },
    },
  },
  validateLexicon: {
    request: { text: "Ask Siobhan.", locale: "en-US", voice: "en-US-AvaMultilingualNeural" },
    responses: {
      200: {
        locale: "en-US",
        revision: "default@12",
        matches: [
          {
            entryId: entry.id,
            lexicon: "default",
            grapheme: "Siobhan",
            start: 4,
            end: 11,
            replacement: "Shivawn",
            applied: true,
            reason: null,
          },
        ],
        ssml: '<speak version="1.0" xml:lang="en-US">…</speak>',
        warnings: [],
      },
    },
  },
};
