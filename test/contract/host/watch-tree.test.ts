import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchTree } from "../../../local/host/process/watch-tree.ts";
import { until } from "../../support/until.ts";

let root: string;
let names: string[];
let close: () => void;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "watch-tree-"));
  await mkdir(path.join(root, "inner"));
  await writeFile(path.join(root, "inner/a.ts"), "");
  names = [];
  close = watchTree(root, (name) => names.push(path.basename(name ?? "")));
});

afterEach(async () => {
  close();
  await rm(root, { recursive: true, force: true });
});

/** What the watch has told, once the file is among it. */
async function toldOf(name: string, change: () => Promise<unknown>): Promise<readonly string[]> {
  names = [];
  await change();
  return until(
    async () => names,
    (told) => told.includes(name),
  );
}

describe("the watch over sources", () => {
  it("tells each time that a file is written in its place", async () => {
    for (const content of ["1", "2"]) {
      const change = () => writeFile(path.join(root, "inner/a.ts"), content);

      expect(await toldOf("a.ts", change)).toContain("a.ts");
    }
  });

  it("tells each time that another file is renamed over one", async () => {
    for (const content of ["1", "2", "3"]) {
      await writeFile(path.join(root, "new.tmp"), content);
      const change = () => rename(path.join(root, "new.tmp"), path.join(root, "inner/a.ts"));

      expect(await toldOf("a.ts", change)).toContain("a.ts");
    }
  });

  it("tells of files in directories that are made later, also in the place of others", async () => {
    const inner = path.join(root, "inner");
    await rm(inner, { recursive: true });

    const creation = async () => {
      await mkdir(path.join(inner, "deep"), { recursive: true });
      await writeFile(path.join(inner, "deep/b.ts"), "");
    };
    const change = () => writeFile(path.join(inner, "deep/b.ts"), "1");

    expect(await toldOf("b.ts", creation)).toContain("b.ts");
    expect(await toldOf("b.ts", change)).toContain("b.ts");
  });

  it("tells nothing after its end", async () => {
    const others: unknown[] = [];
    const closeOther = watchTree(root, (name) => others.push(name));
    close();

    await writeFile(path.join(root, "b.ts"), "");

    await until(
      async () => others,
      (told) => told.includes("b.ts"),
    );
    closeOther();
    expect(names).toEqual([]);
  });
});
