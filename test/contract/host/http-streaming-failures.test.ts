import http from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostApp, startHostApp } from "../../support/host-app.ts";

let app: HostApp;

beforeAll(async () => {
  app = await startHostApp("streaming", { maxBodyBytes: 10_000 });
});

afterAll(() => app.close());

function warnings(functionName: string): readonly string[] {
  return app.logs.flatMap(({ level, message }) =>
    level === "warning" && message.startsWith(`Function "${functionName}"`) ? [message] : [],
  );
}

describe("a streaming handler that fails, without the guard", () => {
  it.each(["rawThrow", "rawNothing", "rawNumber"])(
    "%s is answered 500 with a warning that Azure hangs",
    async (name) => {
      const response = await fetch(`${app.url}/api/${name}`);

      expect(response.status).toBe(500);
      expect(warnings(name)).toEqual([expect.stringContaining("would leave the client hanging for 240 s")]);
    },
  );

  it("breaks the connection when its body breaks half-way", async () => {
    const response = await fetch(`${app.url}/api/rawBroken`);

    await expect(response.text()).rejects.toThrow("terminated");
  });
});

describe("a request body over the limit", () => {
  it("is refused with 413 before it is read when its length is known", async () => {
    const response = await fetch(`${app.url}/api/upload`, { method: "POST", body: "a".repeat(10_001) });

    expect(response.status).toBe(413);
  });

  it("is refused with 413 while it streams", async () => {
    const status = await new Promise((resolve, reject) => {
      const request = http.request(`${app.url}/api/upload`, { method: "POST" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject);
      request.write("a".repeat(6_000));
      request.write("a".repeat(6_000));
    });

    expect(status).toBe(413);
  });
});

describe("a request that is no request", () => {
  it("does not follow a path that looks like another host", async () => {
    const status = await statusOf({ path: "//elsewhere.example/api/chunks" });

    expect(status).toBe(404);
  });

  it("is refused with 400 when its Host is no host", async () => {
    const status = await statusOf({ path: "/api/chunks", headers: { host: "a b" } });

    expect(status).toBe(400);
  });

  it("keeps the invocation id of the host when the client sends one", async () => {
    const response = await fetch(`${app.url}/api/echo/7`, { headers: { "x-ms-invocation-id": "client" } });

    expect(response.status).toBe(201);
    expect(response.headers.get("x-ms-invocation-id")).not.toBe("client");
  });
});

describe("strict mode", () => {
  it("leaves the client of a failed handler without an answer, as Azure does", async () => {
    const strict = await startHostApp("streaming", { strictHang: true, drainTimeoutMs: 100 });
    const abort = new AbortController();

    const outcome = await Promise.race([
      fetch(`${strict.url}/api/rawThrow`, { signal: abort.signal }).then(() => "answered"),
      delay(400, "hanging"),
    ]);

    abort.abort();
    await strict.close();
    expect(outcome).toBe("hanging");
  });
});

async function statusOf(options: http.RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: "127.0.0.1", port: app.host.port, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", reject);
  });
}
