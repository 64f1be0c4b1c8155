import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { LexiconLimits } from "./lexicon-limits.ts";
import type { LexiconReader } from "./lexicon-reader.ts";
import type { LexiconWriter } from "./lexicon-writer.ts";

/** What the use cases around lexicons share. */
export interface LexiconParts {
  readonly reader: LexiconReader;
  readonly writer: LexiconWriter;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: LexiconLimits;
}
