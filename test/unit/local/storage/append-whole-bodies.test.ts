import { PassThrough, type Readable } from "node:stream";
import { expect, it } from "vitest";
import { appendWholeBodies } from "../../../../local/storage/append-whole-bodies.ts";

/** A store of extents that notes what it is given. */
function extents() {
  const appended: (Readable | Buffer)[] = [];
  const server = {
    extentStore: {
      async appendExtent(body: Readable | Buffer) {
        appended.push(body);
        return appended.length;
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

  expect(await answer).toBe(1);
  expect(before).toBe(0);
  expect(appended).toEqual([Buffer.from("half of it")]);
});

it("Bytes that are whole already are appended as they are", async () => {
  const { appended, store } = extents();

  await store.appendExtent(Buffer.from("all"));

  expect(appended).toEqual([Buffer.from("all")]);
});
