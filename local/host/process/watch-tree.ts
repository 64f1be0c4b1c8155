import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import path from "node:path";

/** Null where the system does not name the file. */
export type OnChange = (fileName: string | null) => void;

/**
 * Tells of every change of an entry below a directory, also in directories that are made later. Each directory is watched
 * by itself: a recursive watch of Node 24 follows files on Linux, and loses one that is saved by renaming another over it.
 *
 * @returns ends the watch.
 */
export function watchTree(directory: string, onChange: OnChange): () => void {
  const tree = new WatchedTree(onChange);
  tree.add(path.resolve(directory));
  return () => tree.close();
}

class WatchedTree {
  readonly #onChange: OnChange;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(onChange: OnChange) {
    this.#onChange = onChange;
  }

  add(directory: string): void {
    const watcher = watch(directory, (event, name) => {
      this.#onChange(name);
      if (event === "rename" && name !== null) {
        this.#renew(path.join(directory, name));
      }
    });
    // Of a directory that is gone, on Windows.
    watcher.on("error", () => this.#drop(directory));
    this.#watchers.set(directory, watcher);
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        this.add(path.join(directory, entry.name));
      }
    }
  }

  close(): void {
    this.#watchers.forEach((watcher) => watcher.close());
  }

  /** An entry has come or gone; what a new directory holds by now has come unseen. */
  #renew(entry: string): void {
    this.#drop(entry);
    try {
      if (statSync(entry, { throwIfNoEntry: false })?.isDirectory() !== true) {
        return;
      }
      this.add(entry);
      readdirSync(entry, { encoding: "utf8", recursive: true }).forEach((name) => this.#onChange(name));
    } catch {
      // It has gone again.
      this.#drop(entry);
    }
  }

  #drop(entry: string): void {
    for (const [directory, watcher] of this.#watchers) {
      if (directory === entry || directory.startsWith(entry + path.sep)) {
        watcher.close();
        this.#watchers.delete(directory);
      }
    }
  }
}
