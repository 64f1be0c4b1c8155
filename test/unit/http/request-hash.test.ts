import { describe, expect, it } from "vitest";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import { readMultipart } from "../../../src/http/multipart.ts";
import { requestHash } from "../../../src/http/request-hash.ts";

const WAV = { type: "audio/wav" };
const audio = new File(["sound"], "sample.wav", WAV);

function formOf(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
  }
  return form;
}

function post(body: string | FormData, headers?: Readonly<Record<string, string>>, search = ""): Request {
  return new Request(`http://localhost/things${search}`, {
    method: "POST",
    body,
    ...(headers && { headers }),
  });
}

async function hashOf(request: Request): Promise<string> {
  const hash = await requestHash({ request, url: new URL(request.url) }, nodeHasher);
  for await (const chunk of request.body ?? []) {
    await hash.update(chunk);
  }
  return hash.hex();
}

/** Far more than a part may buffer, without a byte of it in memory beforehand. */
function longForm(boundary: string, chunks: number): { readonly body: ReadableStream; pulled: number } {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\ncontent-type: audio/wav\r\n\r\n`;
  const source = {
    pulled: 0,
    body: new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          source.pulled += 1;
          if (source.pulled === 1) {
            controller.enqueue(Buffer.from(head));
          } else if (source.pulled <= chunks + 1) {
            controller.enqueue(new Uint8Array(64 * 1024).fill(source.pulled));
          } else {
            controller.enqueue(Buffer.from(`\r\n--${boundary}--\r\n`));
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return source;
}

describe("the hash of a request", () => {
  it("does not depend on the boundary that a client draws for a form", async () => {
    const [first, second] = [post(formOf({ name: "a", audio })), post(formOf({ name: "a", audio }))];

    expect(first.headers.get("content-type")).not.toBe(second.headers.get("content-type"));
    expect(await hashOf(first)).toBe(await hashOf(second));
  });

  it.each<[string, Readonly<Record<string, string | File>>]>([
    ["a value", { name: "b", audio }],
    ["a name", { title: "a", audio }],
    ["a content", { name: "a", audio: new File(["other"], "sample.wav", WAV) }],
    ["a file name", { name: "a", audio: new File(["sound"], "other.wav", WAV) }],
    ["a type", { name: "a", audio: new File(["sound"], "sample.wav", { type: "audio/mpeg" }) }],
    ["the kind of a part", { name: "a", audio: "sound" }],
    ["the order", { audio, name: "a" }],
    ["a part that is left out", { name: "a" }],
  ])("tells forms apart that differ in %s", async (_what, fields) => {
    expect(await hashOf(post(formOf(fields)))).not.toBe(await hashOf(post(formOf({ name: "a", audio }))));
  });

  it("tells queries apart", async () => {
    const form = formOf({ name: "a" });

    expect(await hashOf(post(form, undefined, "?x=1"))).not.toBe(await hashOf(post(form)));
  });

  it("takes a long form chunk by chunk and holds none of it back", async () => {
    const hashes = ["first", "second"].map(async (boundary) => {
      const source = longForm(boundary, 64);
      const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
      const url = new URL("http://localhost/things");
      const hash = await requestHash(
        { request: new Request(url, { method: "POST", headers }), url },
        nodeHasher,
      );
      const lags: number[] = [];
      let taken = 0;
      for await (const chunk of source.body) {
        await hash.update(chunk);
        taken += 1;
        lags.push(source.pulled - taken);
      }
      return { hex: await hash.hex(), lag: Math.max(...lags) };
    });

    const [first, second] = await Promise.all(hashes);
    expect(first?.hex).toBe(second?.hex);
    expect([first?.lag, second?.lag]).toEqual([0, 0]);
  });

  it.each([
    ["breaks off within a file", '--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nsou'],
    ["breaks off within a field", '--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nsou'],
    ["has no part", "nothing"],
  ])("refuses a form that %s, as its reader does", async (_what, body) => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };

    await expect(hashOf(post(body, headers))).rejects.toMatchObject({ code: "request-malformed" });
    await expect(readMultipart(post(body, headers), 1000)).rejects.toMatchObject({
      code: "request-malformed",
    });
  });

  it("refuses a form without a boundary and one with too many fields", async () => {
    const many = new FormData();
    for (let field = 0; field <= 100; field++) {
      many.append("name", "value");
    }

    await expect(hashOf(post("x", { "content-type": "multipart/form-data" }))).rejects.toMatchObject({
      code: "request-malformed",
    });
    await expect(hashOf(post(many))).rejects.toMatchObject({ code: "request-too-large" });
  });
});
