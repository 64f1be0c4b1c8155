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

/** More than crashes leave in a day; where there are more, the documents are missing rather than the files left over. */
const MAX_ORPHANS = 20;

export function makeRemoveOrphans(ports: RemoveOrphansPorts): RemoveOrphans {
  return async () => {
    const before = new Date(ports.clock.now().getTime() - MIN_AGE_MS);
    const { orphans, freed } = await look(ports, before);
    if (orphans.length > MAX_ORPHANS) {
      ports.logger.log("error", TOO_MANY, { found: orphans.length, limit: MAX_ORPHANS });
      return { removed: 0, freed };
    }
    let removed = 0;
    for (const orphan of orphans) {
      await attempt(ports, { container: orphan.container, id: orphan.id }, async () => {
        await remove(ports, orphan);
        removed += 1;
      });
    }
    return { removed, freed };
  };
}

const TOO_MANY =
  "More files have no document than crashes leave, and none was removed: see whether the database is the one of this storage account";

/** Stops looking where there are too many. */
async function look(
  ports: RemoveOrphansPorts,
  before: Date,
): Promise<{ readonly orphans: readonly StoredSet[]; readonly freed: number }> {
  const orphans: StoredSet[] = [];
  let freed = 0;
  for (const sets of keptSets(ports)) {
    await attempt(ports, {}, async () => {
      for await (const set of sets) {
        if (orphans.length > MAX_ORPHANS) {
          break;
        }
        await attempt(ports, { container: set.container, id: set.id }, async () => {
          if (!(await set.isKept()) && (await isOlder(set.files(), before))) {
            orphans.push(set);
          }
          freed += set.container === "uploads" && (await freeUpload(ports, set, before)) ? 1 : 0;
        });
      }
    });
  }
  return { orphans, freed };
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

async function remove(
  { blobs, logger }: RemoveOrphansPorts,
  { container, id, files }: StoredSet,
): Promise<void> {
  for await (const { name, etag } of files()) {
    await blobs.delete({ container, name }, etag);
  }
  logger.log("warning", "Files without a document have been removed", { container, id });
}

async function isOlder(found: AsyncIterable<BlobProperties>, before: Date): Promise<boolean> {
  for await (const { lastModified } of found) {
    if (lastModified >= before) {
      return false;
    }
  }
  return true;
}
