import { SaxesSsmlParser } from "../../../src/adapters/ssml/saxes-ssml-parser.ts";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import type { VoiceResolver } from "../../../src/application/ports/voice-resolver.ts";
import { StreamedLexiconFiles } from "../../../src/adapters/lexicon-files/streamed-lexicon-files.ts";
import { LEXICONS, type LexiconDocument } from "../../../src/application/lexicon/lexicon-documents.ts";
import {
  type LexiconPorts,
  type LexiconUseCases,
  makeLexiconUseCases,
} from "../../../src/application/lexicon/make-lexicon-use-cases.ts";
import type { LexiconLimits } from "../../../src/application/lexicon/lexicon-limits.ts";
import type { UploadReport } from "../../../src/application/lexicon/upload-report.ts";
import type { UploadRequest } from "../../../src/application/lexicon/upload-lexicon.ts";
import type {
  DocumentChange,
  DocumentPage,
  DocumentQuery,
  Versioned,
} from "../../../src/application/ports/documents.ts";
import type { Principal } from "../../../src/domain/access/principal.ts";
import type { LexiconEntry } from "../../../src/domain/lexicon/lexicon-entry.ts";
import type { LexemeDraft } from "../../../src/domain/lexicon/lexeme-draft.ts";
import { CountingIds } from "../counting-ids.ts";
import { ManualClock } from "../manual-clock.ts";
import { MemoryDocuments } from "../memory-documents.ts";
import { principalWith } from "../principals.ts";

/** Documents that count what is asked of them and let a test step in around a transaction and before a deletion. */
export class WatchedDocuments extends MemoryDocuments<LexiconDocument> {
  readonly reads: string[] = [];
  queryCount = 0;
  readonly deletes: string[] = [];
  readonly batches: (readonly DocumentChange<LexiconDocument>[])[] = [];
  /** Runs before each of both; what it throws is thrown instead. */
  beforeApply: (changes: readonly DocumentChange<LexiconDocument>[]) => Promise<void> = async () => {};

  /** Runs after each transaction: what it throws is thrown although the changes stand. */
  afterApply: (changes: readonly DocumentChange<LexiconDocument>[]) => Promise<void> = async () => {};

  override read(partition: string, id: string): Promise<Versioned<LexiconDocument> | undefined> {
    this.reads.push(id);
    return super.read(partition, id);
  }

  override query(query: DocumentQuery): Promise<DocumentPage<LexiconDocument>> {
    this.queryCount += 1;
    return super.query(query);
  }

  override async delete(partition: string, id: string, etag?: string): Promise<void> {
    await this.beforeApply([{ kind: "delete", id }]);
    this.deletes.push(id);
    await super.delete(partition, id, etag);
  }

  override async applyAll(
    partition: string,
    changes: readonly DocumentChange<LexiconDocument>[],
  ): Promise<void> {
    await this.beforeApply(changes);
    this.batches.push(changes);
    await super.applyAll(partition, changes);
    await this.afterApply(changes);
  }
}

/** Small enough for quick tests; 200 entries fill more shards than one transaction takes. */
export const SMALL_LIMITS: LexiconLimits = {
  maxEntriesPerLexicon: 400,
  maxRows: 300,
  entriesPerShard: 1,
  maxCachedEntries: 10_000,
};

export interface LexiconWorld {
  readonly documents: WatchedDocuments;
  readonly clock: ManualClock;
  readonly useCases: LexiconUseCases;
  /** The use cases of another process with the same store. */
  readonly otherProcess: LexiconUseCases;
  readonly user: Principal;
  readonly create: (draft: LexemeDraft, lexicon?: string) => Promise<LexiconEntry>;
  /** CSV into the default lexicon, unless the request says otherwise. */
  readonly upload: (content: string, request?: Partial<UploadRequest>) => Promise<UploadReport>;
  readonly graphemes: () => Promise<readonly string[]>;
}

export function lexiconWorld(parts: Partial<LexiconPorts> = {}): LexiconWorld {
  const clock = new ManualClock();
  const documents = new WatchedDocuments(LEXICONS, clock);
  const files = new StreamedLexiconFiles();
  const ports: LexiconPorts = {
    lexicons: documents,
    files,
    hasher: nodeHasher,
    clock,
    ids: new CountingIds(),
    voices: dragonVoices,
    parser: new SaxesSsmlParser(),
    suggester: undefined,
    maxTextCharacters: 1000,
    limits: SMALL_LIMITS,
    ...parts,
  };
  const useCases = makeLexiconUseCases(ports);
  const user = principalWith(["Voice.User"]);
  return {
    documents,
    clock,
    useCases,
    otherProcess: makeLexiconUseCases(ports),
    user,
    create: (draft, lexicon = "default") => useCases.createEntry(user, lexicon, draft),
    upload: (content, request = {}) =>
      useCases.uploadLexicon(user, { ...plainUpload(content), ...request }, new AbortController().signal),
    graphemes: async () => {
      const { items } = await useCases.listEntries(user, { limit: 100 });
      return items.map(({ grapheme }) => grapheme).toSorted();
    },
  };
}

/** Every voice is a personal one that obeys no phonemes. */
const dragonVoices: VoiceResolver = {
  resolve: async () => ({
    voiceId: "voice_1",
    kind: "personal",
    voiceName: "DragonLatestNeural",
    family: "dragon",
    locale: "en-US",
    speakerProfileId: "profile-1",
    version: "1",
    defaults: {},
    permittedUses: [],
  }),
};

function plainUpload(content: string): UploadRequest {
  return {
    bytes: bytesOf(content),
    format: "csv",
    mode: "upsert",
    lexicon: undefined,
    locale: undefined,
    dryRun: false,
  };
}

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}
