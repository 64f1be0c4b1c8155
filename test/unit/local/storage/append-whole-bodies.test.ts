import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ExtentStore } from "../../../../local/storage/azurite-server.ts";
import { appendWholeBodies } from "../../../../local/storage/append-whole-bodies.ts";

/** A store of extents that notes what it is given, and reads its file as "file". */
function extents() {
  const appended: (Readable | Buffer)[] = [];
  const server: { extentStore: ExtentStore } = {
    extentStore: {
      async appendExtent(body) {
        appended.push(body);
        return { id: appended.length };
      },
      async readExtent() {
        return Readable.from(["file"]);
      },
    },
  };
  appendWholeBodies(server);
  return { appended, store: server.extentStore };
}

it("A body that is cut off in the middle is not appended to the files of other blobs", async () => {
  const { appended, store } = extents();
  const body = new PassThrough();
  const answer = store.appendExtent(body);
  body.write("half of");

  body.destroy();

  await expect(answer).rejects.toThrow("Premature close");
  expect(appended).toEqual([]);
});

it("A body is appended whole when its last byte has come", async () => {
  const { appended, store } = extents();
  const body = new PassThrough();
  const answer = store.appendExtent(body);
  body.write("half of ");
  const before = appended.length;

  body.end("it");

  expect(await answer).toEqual({ id: 1 });
  expect(before).toBe(0);
  expect(appended).toEqual([Buffer.from("half of it")]);
});

it("Bytes that are whole already are appended as they are", async () => {
  const { appended, store } = extents();

  await store.appendExtent(Buffer.from("all"));

  expect(appended).toEqual([Buffer.from("all")]);
});

it("What was appended is read from its file, but for the one who appended it at once", async () => {
  const { store } = extents();
  const chunk = await store.appendExtent(Buffer.from("at hand"));

  const atOnce = await text(await store.readExtent(chunk));
  await turn();
  const later = await text(await store.readExtent(chunk));

  expect([atOnce, later]).toEqual(["at hand", "file"]);
});
