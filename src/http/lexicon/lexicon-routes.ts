import type { LexiconUseCases } from "../../application/lexicon/make-lexicon-use-cases.ts";
import type { Route } from "../route.ts";
import { bulkUploadRoute } from "./bulk-upload.ts";
import { createEntryRoute } from "./create-entry.ts";
import { deleteEntryRoute } from "./delete-entry.ts";
import { exportLexiconRoute } from "./export-lexicon.ts";
import { getEntryRoute } from "./get-entry.ts";
import { listEntriesRoute } from "./list-entries.ts";
import { suggestPronunciationsRoute } from "./suggest-pronunciations.ts";
import { updateEntryRoute } from "./update-entry.ts";
import { validateLexiconRoute } from "./validate-lexicon.ts";

export function lexiconRoutes(useCases: LexiconUseCases): readonly Route[] {
  return [
    bulkUploadRoute(useCases.uploadLexicon),
    createEntryRoute(useCases.createEntry),
    deleteEntryRoute(useCases.deleteEntry),
    exportLexiconRoute(useCases.exportLexicon),
    getEntryRoute(useCases.getEntry),
    listEntriesRoute(useCases.listEntries),
    suggestPronunciationsRoute(useCases.suggestPronunciations),
    updateEntryRoute(useCases.updateEntry),
    validateLexiconRoute(useCases.validateLexicon),
  ];
}
