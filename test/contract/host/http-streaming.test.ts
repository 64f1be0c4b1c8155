import http from "node:http";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleApp } from "../../support/host-app.ts";

let app: Awaited<ReturnType<typeof sampleApp>>;

beforeAll(async () => {
  app = await sampleApp("streaming");
});

afterAll(() => app.close());

function api(path: string): string {
  return `${app.url}/api/${path}`;
}

async function seen(): Promise<Record<string, number>> {
  return (await fetch(api("seen"))).json() as Promise<Record<string, number>>;
}

/** Waits until a number in `seen` fits. */
async function seenWhen(fits: (numbers: Record<string, number>) => boolean): Promise<Record<string, number>> {
  for (;;) {
    const numbers = await seen();
    if (fits(numbers)) {
      return numbers;
    }
    await delay(5);
  }
}

describe("an app that streams", () => {
  it("gets request and query as the client sent them", async () => {
    const response = await fetch(api("echo/42/bob?tag=1&tag=2"), { headers: { "X-Header": "y" } });

    expect(response.status).toBe(201);
    expect(response.headers.get("x-a")).toBe("b");
    expect(await response.json()).toMatchObject({
      method: "GET",
      url: api("echo/42/bob?tag=1&tag=2"),
      params: { id: "42", name: "bob" },
      tags: ["1", "2"],
      header: "y",
      body: null,
    });
  });

  it("finds members of a JSON body among its parameters, where routes win over queries and those over bodies", async () => {
    const body = JSON.stringify({ top: "T", n: 3, bool: true, id: "from body", tag: "from body" });

    const response = await fetch(api("echo/42?tag=from+query"), { method: "POST", body });

    const { params } = (await response.json()) as { params: unknown };
    expect(params).toEqual({ id: "42", tag: "from query", top: "T", n: "3", bool: "True" });
  });

  it("sets several cookies", async () => {
    const response = await fetch(api("echo/1"));

    expect(response.headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual(["c=v%201", "d=2"]);
  });

  it("delivers each chunk before the next one is produced", async () => {
    const response = await fetch(api("heldChunks"));
    const chunks: string[] = [];

    for await (const chunk of response.body ?? []) {
      chunks.push(Buffer.from(chunk).toString());
      await fetch(api("next"), { method: "POST" });
    }

    expect(chunks).toEqual(["0;", "1;", "2;", "3;", "4;"]);
  });

  it("reads a chunked upload while it arrives", async () => {
    const { uploadedBytes = 0 } = await seen();
    const parts = await new Promise<string>((resolve, reject) => {
      const request = http.request(api("upload"), { method: "POST" }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => {
          resolve(text);
        });
      });
      request.on("error", reject);
      request.write("a".repeat(1000));
      seenWhen((numbers) => (numbers["uploadedBytes"] ?? 0) > uploadedBytes).then(
        () => request.end("b".repeat(500)),
        reject,
      );
    });

    expect(JSON.parse(parts)).toEqual({ sizes: [1000, 500] });
  });

  it("has the whole body of known length before it runs", async () => {
    const response = await fetch(api("upload"), { method: "POST", body: "a".repeat(4000) });

    expect(await response.json()).toEqual({ sizes: [4000] });
  });

  it("answers 404 with an empty body where no function listens", async () => {
    const responses = await Promise.all([fetch(api("nowhere")), fetch(api("chunks"), { method: "PUT" })]);

    expect(await Promise.all(responses.map(async (one) => [one.status, await one.text()]))).toEqual([
      [404, ""],
      [404, ""],
    ]);
  });
});

describe("a handler that answers before the body has come", () => {
  it("is heard, however much of the body follows", async () => {
    const agent = new http.Agent({ keepAlive: true });
    const statuses: (number | undefined)[] = [];
    for (let call = 0; call < 40; call += 1) {
      const request = http.request(api("refuse"), { method: "POST", agent });
      Readable.from(Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024))).pipe(request);
      const response = await responseTo(request);
      statuses.push(response.statusCode);
      request.destroy();
    }
    agent.destroy();

    expect(new Set(statuses)).toEqual(new Set([401]));
  });
});

describe("a client that hangs up", () => {
  it("aborts the handler's signal and cancels the body", async () => {
    const { aborted = 0, cancelled = 0 } = await seen();
    const abort = new AbortController();
    const response = await fetch(api("ticks"), { signal: abort.signal });
    await response.body?.getReader().read();

    abort.abort();

    const after = await seenWhen(
      (numbers) => (numbers["aborted"] ?? 0) > aborted && (numbers["cancelled"] ?? 0) > cancelled,
    );
    expect(after).toMatchObject({ aborted: aborted + 1, cancelled: cancelled + 1 });
  });
});

describe("clients that never read", () => {
  it("cost at most 2 MiB of memory each", async () => {
    const clientCount = 10;
    const before = await heldBytes();
    const requests = Array.from({ length: clientCount }, () => http.get(api("flood")));
    const responses = await Promise.all(requests.map((request) => responseTo(request)));
    responses.forEach((response) => response.pause());

    const produced = await producedWhenStalled();
    const costBytes = ((await heldBytes()) - before) / clientCount;

    requests.forEach((request) => request.destroy());
    expect(produced).toBeGreaterThan(0);
    expect(costBytes).toBeLessThanOrEqual(2 * 1024 * 1024);
  });
});

async function responseTo(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", reject);
  });
}

async function heldBytes(): Promise<number> {
  const held = (await (await fetch(api("held"))).json()) as { readonly heldBytes: number };
  return held.heldBytes;
}

/** Waits until nothing more is produced, and returns how many bytes were. */
async function producedWhenStalled(): Promise<number> {
  let last = (await seen())["producedBytes"] ?? 0;
  for (;;) {
    await delay(300);
    const next = (await seen())["producedBytes"] ?? 0;
    if (next > 0 && next === last) {
      return next;
    }
    last = next;
  }
}

describe("a handler that fails, with the guard", () => {
  it.each(["guardedThrow", "guardedNumber", "broken?afterChunks=0"])(
    "%s is answered with the failure's answer",
    async (path) => {
      const response = await fetch(api(path));

      expect(response.status).toBe(500);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("x-from-handler")).toBeNull();
      expect(await response.text()).toBe('{"title":"Failed"}');
    },
  );

  it("is answered 204 when it returns nothing", async () => {
    const response = await fetch(api("guardedNothing"));

    expect([response.status, await response.text()]).toEqual([204, ""]);
  });

  it("breaks the connection when its body breaks half-way", async () => {
    const response = await fetch(api("broken?afterChunks=2"));

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });
});
