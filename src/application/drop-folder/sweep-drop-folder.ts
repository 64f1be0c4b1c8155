import { forEachBounded } from "../batches/for-each-bounded.ts";
import type { BlobProperties } from "../ports/blobs.ts";
import { isImportable, startImportOf, type StartImportPorts } from "./start-import.ts";

/** Files that are announced in time are gone by then. */
const OVERDUE_MS = 10 * 60_000;

const FILES_PER_PAGE = 200;

/** Of one run; the next one goes on where it ended. */
const PAGES_PER_RUN = 10;

const STARTS_AT_ONCE = 8;

/** Starts the import of files that nobody announced, or whose import has failed. */
export type SweepDropFolder = () => Promise<{ readonly overdue: number }>;

export function makeSweepDropFolder(ports: StartImportPorts): SweepDropFolder {
  let cursor: string | null = null;
  return async () => {
    const before = ports.clock.now().getTime() - OVERDUE_MS;
    let overdue = 0;
    let from = cursor;
    cursor = null;
    for (let page = 0; page < PAGES_PER_RUN; page += 1) {
      const query = { prefix: "", limit: FILES_PER_PAGE, ...(from !== null && { cursor: from }) };
      const { items, nextCursor } = await ports.blobs.list("drop", query);
      overdue += await startOverdue(
        ports,
        items.filter(({ lastModified }) => lastModified.getTime() < before),
      );
      from = nextCursor;
      if (from === null) {
        break;
      }
    }
    cursor = from;
    return { overdue };
  };
}

async function startOverdue(ports: StartImportPorts, files: readonly BlobProperties[]): Promise<number> {
  let started = 0;
  await forEachBounded(files, { atOnce: STARTS_AT_ONCE, mayGoOn: () => true }, async (file) => {
    if (await isImportable(ports, file.name)) {
      await startImportOf(ports, file);
      started += 1;
    }
  });
  return started;
}
