import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobProperties, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import { type FreeUploadPorts, freeUpload } from "./free-upload.ts";
import { type KeptDocuments, keptSets, type StoredSet } from "./stored-sets.ts";

/**
 * Removes recordings, texts and audio whose voice, consent, batch or upload does not exist: a process ended between
 * writing them and writing the document that names them. Uploads that a voice took which does not exist are given back.
 */
export type RemoveOrphans = () => Promise<{ readonly removed: number; readonly freed: number }>;

export interface RemoveOrphansPorts extends KeptDocuments, FreeUploadPorts {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is younger may be a request at work: it stores the files before the document. */
const MIN_AGE_MS = 24 * 60 * 60_000;

/** The next run goes on. */
const SETS_PER_RUN = 100;

export function makeRemoveOrphans(ports: RemoveOrphansPorts): RemoveOrphans {
  return async () => {
    const before = new Date(ports.clock.now().getTime() - MIN_AGE_MS);
    const counts = { removed: 0, freed: 0 };
    for (const sets of keptSets(ports)) {
      await attempt(ports, {}, async () => {
        for await (const set of sets) {
          if (counts.removed >= SETS_PER_RUN) {
            break;
          }
          await attempt(ports, { container: set.container, id: set.id }, async () => {
            counts.removed += (await removeOrphan(ports, set, before)) ? 1 : 0;
            counts.freed += set.container === "uploads" && (await freeUpload(ports, set, before)) ? 1 : 0;
          });
        }
      });
    }
    return counts;
  };
}

/** What fails does not keep the rest from its removal. */
async function attempt(
  { logger }: RemoveOrphansPorts,
  subject: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = error instanceof ServiceError ? error.code : "internal-error";
    const message = "Files without a document could not be removed; the next run tries again";
    logger.log("error", message, { ...subject, code });
  }
}

/** @returns whether everything of the set was removed. */
async function removeOrphan(
  { blobs, logger }: RemoveOrphansPorts,
  set: StoredSet,
  before: Date,
): Promise<boolean> {
  const { container, id } = set;
  if ((await set.isKept()) || !(await isOlder(set.files(), before))) {
    return false;
  }
  for await (const { name, etag } of set.files()) {
    await blobs.delete({ container, name }, etag);
  }
  logger.log("warning", "Files without a document have been removed", { container, id });
  return true;
}

async function isOlder(found: AsyncIterable<BlobProperties>, before: Date): Promise<boolean> {
  for await (const { lastModified } of found) {
    if (lastModified >= before) {
      return false;
    }
  }
  return true;
}
