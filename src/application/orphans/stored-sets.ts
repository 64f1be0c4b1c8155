import type { BatchCollection } from "../batches/batch-ref.ts";
import { everyBlob } from "../blobs/every-blob.ts";
import { CONSENT_FOLDER, type ConsentCollection } from "../consents/consent-collection.ts";
import type { BlobContainer, BlobProperties, BlobStore } from "../ports/blobs.ts";
import type { DocumentCollection, StoredDocument } from "../ports/documents.ts";
import type { UploadCollection } from "../uploads/upload.ts";
import type { VoiceCollection } from "../voices/voice-ref.ts";

/** The files that belong to one document. */
export interface StoredSet {
  readonly container: BlobContainer;
  readonly files: () => AsyncIterable<BlobProperties>;
  readonly ownerId: string;
  readonly id: string;
  /** Whether the document exists. */
  readonly isKept: () => Promise<boolean>;
}

export interface KeptDocuments {
  readonly blobs: BlobStore;
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly batches: BatchCollection;
  readonly uploads: UploadCollection;
}

/** Where one kind of documents keeps its files: folders `{owner}/{id}/`. */
interface Place<T extends StoredDocument> {
  readonly container: BlobContainer;
  /** What ids of the kind begin with; other folders are left alone. */
  readonly idPrefix: string;
  readonly documents: DocumentCollection<T>;
}

/** The files of all voices, consents, batches and uploads, kind by kind. */
export function keptSets(kept: KeptDocuments): readonly AsyncIterable<StoredSet>[] {
  const { blobs, voices, batches, uploads } = kept;
  return [
    folders(blobs, { container: "samples", idPrefix: "voice_", documents: voices }),
    consentRecordings(kept),
    folders(blobs, { container: "uploads", idPrefix: "upload_", documents: uploads }),
    folders(blobs, { container: "batches", idPrefix: "batch_", documents: batches }),
    folders(blobs, { container: "results", idPrefix: "batch_", documents: batches }),
  ];
}

async function* folders<T extends StoredDocument>(
  blobs: BlobStore,
  { container, idPrefix, documents }: Place<T>,
): AsyncGenerator<StoredSet, void, void> {
  for await (const owner of blobs.folders(container, "")) {
    for await (const prefix of blobs.folders(container, owner)) {
      const id = prefix.slice(owner.length, -1);
      if (id.startsWith(idPrefix)) {
        const files = () => everyBlob(blobs, container, prefix);
        yield { container, files, ...keyOf(documents, owner, id) };
      }
    }
  }
}

async function* consentRecordings({ blobs, consents }: KeptDocuments): AsyncGenerator<StoredSet, void, void> {
  const container = "samples";
  for await (const owner of blobs.folders(container, "")) {
    for await (const recording of everyBlob(blobs, container, `${owner}${CONSENT_FOLDER}`)) {
      const id = recording.name.slice(owner.length + CONSENT_FOLDER.length);
      yield { container, files: () => only(recording), ...keyOf(consents, owner, id) };
    }
  }
}

async function* only<T>(value: T): AsyncGenerator<T, void, void> {
  yield value;
}

function keyOf<T extends StoredDocument>(
  documents: DocumentCollection<T>,
  owner: string,
  id: string,
): Pick<StoredSet, "ownerId" | "id" | "isKept"> {
  const ownerId = owner.slice(0, -1);
  return { ownerId, id, isKept: async () => (await documents.read(ownerId, id)) !== undefined };
}
