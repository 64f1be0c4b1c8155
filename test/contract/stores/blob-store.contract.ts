import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";

import { beforeAll, describe, expect, it } from "vitest";

import type { BlobReadOptions, BlobRef, BlobStore } from "../../../src/application/ports/blobs.ts";

let refs = 0;

function newRef(): BlobRef {
  refs += 1;
  return { container: "audio", name: `test ${refs}/über & 100%.bin` };
}

/** `sizeBytes` bytes in chunks of 64 KB, each other than the one before. */
function bytesOf(sizeBytes: number): ReadableStream<Uint8Array> {
  let sentBytes = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = Buffer.alloc(Math.min(65_536, sizeBytes - sentBytes), `${sentBytes}.`);
      sentBytes += chunk.length;
      if (chunk.length === 0) {
        controller.close();
      } else {
        controller.enqueue(chunk);
      }
    },
  });
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.alloc(100_000)),
    pull: (controller) => controller.error(new Error("source broke")),
  });
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new Blob([]).stream();
}

async function hashOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const sha = createHash("sha256");
  for await (const chunk of stream) {
    sha.update(chunk);
  }
  return sha.digest("hex");
}

async function read(store: BlobStore, ref: BlobRef, options?: BlobReadOptions): Promise<Buffer> {
  const found = await store.read(ref, options);
  return buffer(found?.body ?? emptyStream());
}

const TEXT = { contentType: "text/plain" };

/** What every {@link BlobStore} promises, whatever stands behind it. Links are tested where they lead somewhere. */
export function blobStoreContract(name: string, open: () => Promise<BlobStore>): void {
  let store: BlobStore;

  beforeAll(async () => {
    store = await open();
  });

  describe(`${name}, as a store of blobs`, () => {
    it("reads back bytes, type and metadata", async () => {
      const ref = newRef();

      const etag = await store.write(ref, Buffer.from("hello"), {
        contentType: "audio/mpeg",
        metadata: { durationMs: "120", owner: "ada" },
      });

      const found = await store.read(ref);
      expect((await buffer(found?.body ?? emptyStream())).toString()).toBe("hello");
      expect(found?.properties).toEqual({
        name: ref.name,
        sizeBytes: 5,
        contentType: "audio/mpeg",
        etag,
        lastModified: expect.any(Date),
        metadata: { durationms: "120", owner: "ada" },
      });
      expect(await store.properties(ref)).toEqual(found?.properties);
    });

    it("knows nothing of a blob that is not there", async () => {
      const ref = newRef();

      expect(await store.read(ref)).toBeUndefined();
      expect(await store.properties(ref)).toBeUndefined();
      expect(await store.copy(ref, newRef())).toBe(false);
      await expect(store.delete(ref)).resolves.toBeUndefined();
    });

    it("overwrites a blob with a new ETag", async () => {
      const ref = newRef();
      const first = await store.write(ref, Buffer.from("first, and longer"), TEXT);

      const second = await store.write(ref, Buffer.from("second"), TEXT);

      expect(second).not.toBe(first);
      expect((await read(store, ref)).toString()).toBe("second");
    });

    it.each(["bytes", "a stream"])(
      "leaves a blob alone that is there, when told so, with %s",
      async (source) => {
        const ref = newRef();
        const body = (text: string) => (source === "bytes" ? Buffer.from(text) : new Blob([text]).stream());

        const first = await store.write(ref, body("first"), { ...TEXT, onlyIfAbsent: true });
        const second = await store.write(ref, body("second"), { ...TEXT, onlyIfAbsent: true });

        expect(first).toEqual(expect.any(String));
        expect(second).toBeUndefined();
        expect((await read(store, ref)).toString()).toBe("first");
      },
    );

    it("streams twenty megabytes in and out unchanged", async () => {
      const ref = newRef();
      const sizeBytes = 20 * 1024 * 1024 + 7;

      await store.write(ref, bytesOf(sizeBytes), TEXT);

      const found = await store.read(ref);
      expect(found?.properties.sizeBytes).toBe(sizeBytes);
      expect(await hashOf(found?.body ?? emptyStream())).toBe(await hashOf(bytesOf(sizeBytes)));
    });

    it("holds an empty blob", async () => {
      const ref = newRef();

      await store.write(ref, emptyStream(), TEXT);

      expect(await store.properties(ref)).toMatchObject({ sizeBytes: 0 });
      expect(await read(store, ref)).toHaveLength(0);
    });

    it.each([
      { range: { offsetBytes: 2 }, text: "2345" },
      { range: { offsetBytes: 1, lengthBytes: 3 }, text: "123" },
      { range: { lengthBytes: 2 }, text: "01" },
      { range: { offsetBytes: 4, lengthBytes: 100 }, text: "45" },
      { range: { offsetBytes: 6 }, text: "" },
    ])("reads the range $range", async ({ range, text }) => {
      const ref = newRef();
      await store.write(ref, Buffer.from("012345"), TEXT);

      const found = await store.read(ref, range);

      expect((await buffer(found?.body ?? emptyStream())).toString()).toBe(text);
      expect(found?.properties.sizeBytes).toBe(6);
    });

    it("keeps the blob as it was when the source breaks", async () => {
      const [absent, present] = [newRef(), newRef()];
      await store.write(present, Buffer.from("before"), TEXT);

      await expect(store.write(absent, brokenStream(), TEXT)).rejects.toThrow("source broke");
      await expect(store.write(present, brokenStream(), TEXT)).rejects.toThrow("source broke");

      expect(await store.properties(absent)).toBeUndefined();
      expect((await read(store, present)).toString()).toBe("before");
    });

    it("leaves no blob and lets go of the source when the caller gives up", async () => {
      const ref = newRef();
      const giveUp = new AbortController();
      let isCanceled = false;
      let chunks = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          chunks += 1;
          controller.enqueue(Buffer.alloc(65_536));
          if (chunks === 40) {
            giveUp.abort(new Error("gave up"));
          }
        },
        cancel: () => {
          isCanceled = true;
        },
      });

      await expect(store.write(ref, endless, { ...TEXT, signal: giveUp.signal })).rejects.toThrow("gave up");

      expect(isCanceled).toBe(true);
      expect(await store.properties(ref)).toBeUndefined();
    });

    it("deletes a blob", async () => {
      const ref = newRef();
      await store.write(ref, Buffer.from("x"), TEXT);

      await store.delete(ref);

      expect(await store.read(ref)).toBeUndefined();
    });

    it("copies no version but the one that is asked for", async () => {
      const from = newRef();
      const to: BlobRef = { container: "processed", name: from.name };
      const former = await store.write(from, Buffer.from("former"), TEXT);
      const current = await store.write(from, Buffer.from("current"), TEXT);

      expect(await store.copy(from, to, former)).toBe(false);
      expect(await store.properties(to)).toBeUndefined();

      expect(await store.copy(from, to, current)).toBe(true);
      expect(await store.properties(to)).toMatchObject({ sizeBytes: "current".length });
    });

    it("copies a blob with type and metadata into another container", async () => {
      const from = newRef();
      const to: BlobRef = { container: "processed", name: from.name };
      await store.write(from, Buffer.from("x"), { contentType: "text/csv", metadata: { owner: "ada" } });

      expect(await store.copy(from, to)).toBe(true);

      expect(await store.properties(to)).toMatchObject({
        sizeBytes: 1,
        contentType: "text/csv",
        metadata: { owner: "ada" },
      });
      expect(await store.properties(from)).toBeDefined();
    });

    it("lists names under a prefix in order, page by page", async () => {
      const prefix = `${newRef().name}/`;
      for (const suffix of ["b", "a/2", "c", "a/1", "d"]) {
        await store.write({ container: "audio", name: prefix + suffix }, Buffer.from(suffix), TEXT);
      }
      const pages: string[][] = [];
      let cursor: string | null = null;

      do {
        const page: Awaited<ReturnType<typeof store.list>> = await store.list("audio", {
          prefix,
          limit: 2,
          ...(cursor === null ? {} : { cursor }),
        });
        pages.push(page.items.map(({ name: found }) => found.slice(prefix.length)));
        cursor = page.nextCursor;
      } while (cursor !== null);

      expect(pages).toEqual([["a/1", "a/2"], ["b", "c"], ["d"]]);
    });

    it("lists what reading the properties says", async () => {
      const ref = newRef();
      await store.write(ref, Buffer.from("x"), { contentType: "text/csv", metadata: { owner: "ada" } });

      const { items } = await store.list("audio", { prefix: ref.name, limit: 10 });

      expect(items).toEqual([await store.properties(ref)]);
    });

    it("lists nothing where nothing is, and refuses a cursor that is none", async () => {
      expect(await store.list("rejected", { prefix: "no/such/", limit: 5 })).toEqual({
        items: [],
        nextCursor: null,
      });
      await expect(store.list("audio", { prefix: "", limit: 1, cursor: "nonsense" })).rejects.toMatchObject({
        code: "cursor-invalid",
      });
    });

    it("makes links that say when they end", async () => {
      const before = Date.now();

      const links = await Promise.all([
        store.readLink(newRef(), 600),
        store.writeLink(newRef(), 600),
        store.containerLink("samples", 600),
      ]);

      for (const { url, expiresAt } of links) {
        expect(new URL(url).searchParams.get("sp")).toMatch(/^(r|cw|rl)$/);
        expect(Math.abs(expiresAt.getTime() - before - 600_000)).toBeLessThan(60_000);
      }
    });
  });
}
