import { beforeAll, describe, expect, it } from "vitest";
import type { BlobContainer, BlobStore } from "../../../src/application/ports/blobs.ts";

const CONTAINER: BlobContainer = "results";

/** What every {@link BlobStore} promises of folders, whatever stands behind it. */
export function blobFoldersContract(name: string, open: () => Promise<BlobStore>): void {
  let store: BlobStore;

  async function foldersBelow(prefix: string): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const folder of store.folders(CONTAINER, prefix)) {
      found.push(folder);
    }
    return found;
  }

  async function write(...names: readonly string[]): Promise<void> {
    for (const each of names) {
      await store.write({ container: CONTAINER, name: each }, Buffer.from("x"), {
        contentType: "text/plain",
      });
    }
  }

  beforeAll(async () => {
    store = await open();
  });

  describe(`${name}, asked for folders`, () => {
    it("names each once that is right below the prefix, in order, and no blob that lies beside them", async () => {
      await write(
        "b/two/1.txt",
        "b/one/1.txt",
        "b/one/2.txt",
        "b/one/deep/3.txt",
        "b/beside.txt",
        "bb/other/1",
      );

      expect(await foldersBelow("b/")).toEqual(["b/one/", "b/two/"]);
      expect(await foldersBelow("")).toEqual(expect.arrayContaining(["b/", "bb/"]));
      expect(await foldersBelow("b/one/deep/")).toEqual([]);
      expect(await foldersBelow("nowhere/")).toEqual([]);
    });

    it("names every one of more than fit on a page", async () => {
      const numbers = Array.from({ length: 1_050 }, (_, number) => String(number).padStart(4, "0"));
      for (let start = 0; start < numbers.length; start += 50) {
        await Promise.all(numbers.slice(start, start + 50).map((number) => write(`many/${number}/a.txt`)));
      }

      expect(await foldersBelow("many/")).toEqual(numbers.map((number) => `many/${number}/`));
    });
  });
}
