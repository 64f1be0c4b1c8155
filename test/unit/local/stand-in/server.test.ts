import { connect } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { requireCredentials } from "../../../../local/stand-in/credentials.ts";
import type { StandInHandler } from "../../../../local/stand-in/exchange.ts";
import { readBody } from "../../../../local/stand-in/read-body.ts";
import { Refusal } from "../../../../local/stand-in/refusal.ts";
import { sendJson } from "../../../../local/stand-in/send.ts";
import { startStandIn } from "../../../../local/stand-in/server.ts";
import type { RunningStandIn } from "../../../../local/stand-in/server.ts";

let running: RunningStandIn | undefined;

async function start(...handlers: readonly StandInHandler[]): Promise<string> {
  running = await startStandIn({ port: 0, handlers });
  return running.url;
}

afterEach(async () => {
  await running?.close();
  running = undefined;
});

function answering(path: string, handle: StandInHandler["handle"]): StandInHandler {
  return { handle: async (exchange) => exchange.url.pathname === path && (await handle(exchange)) };
}

describe("a stand-in's server", () => {
  it("asks its handlers in order until one answers", async () => {
    const first = answering("/first", async () => false);
    const second = answering("/second", async ({ response }) => {
      sendJson(response, { status: 200, body: { from: "second" } });
      return true;
    });
    const url = await start(first, second);

    const answer = await fetch(`${url}/second`);

    expect(await answer.json()).toEqual({ from: "second" });
  });

  it("answers 404 in the shape of Cognitive Services for a path nobody knows", async () => {
    const url = await start();

    const answer = await fetch(`${url}/nothing`);

    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-ms-error-code")).toBe("404");
    expect(await answer.json()).toEqual({ error: { code: "404", message: "Resource not found" } });
  });

  it("writes a refusal with its headers and details", async () => {
    const details = [{ code: "BadArgument", target: "locale", message: "The locale is required." }];
    const url = await start(
      answering("/", async () => {
        throw new Refusal({ status: 400, code: "BadRequest" }, "No.", {
          headers: { "retry-after": "3" },
          details,
        });
      }),
    );

    const answer = await fetch(url);

    expect(answer.headers.get("retry-after")).toBe("3");
    expect(await answer.json()).toEqual({ error: { code: "BadRequest", message: "No.", details } });
  });

  it("answers 500 for a bug and reports it", async () => {
    const errors: unknown[] = [];
    const bug = new Error("bug");
    running = await startStandIn({
      port: 0,
      handlers: [{ handle: () => Promise.reject(bug) }],
      onError: (error) => errors.push(error),
    });

    const answer = await fetch(running.url);

    expect(answer.status).toBe(500);
    expect(errors).toEqual([bug]);
  });

  it("ends open connections at once when it closes", async () => {
    const url = await start();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    await once(socket, "connect");
    const ended = once(socket, "close");

    await running?.close();

    await expect(ended).resolves.toBeDefined();
  });

  it("refuses an upgrade that no handler takes", async () => {
    const url = await start();

    const socket = new WebSocket(url.replace("http", "ws"));

    await expect(new Promise((resolve) => socket.addEventListener("error", resolve))).resolves.toBeDefined();
  });
});

describe("reading a body", () => {
  const echo = answering("/", async ({ request, response }) => {
    sendJson(response, { status: 200, body: (await readBody(request, 10)).toString() });
    return true;
  });

  it("gives the whole body up to the limit", async () => {
    const url = await start(echo);

    const answer = await fetch(url, { method: "POST", body: "0123456789" });

    expect(await answer.json()).toBe("0123456789");
  });

  it("refuses a longer one with 413", async () => {
    const url = await start(echo);

    const answer = await fetch(url, { method: "POST", body: "x".repeat(3_000_000) });

    expect(answer.status).toBe(413);
  });
});

describe("credentials", () => {
  const guarded = answering("/", async ({ request, response }) => {
    await requireCredentials(request, { key: "secret", acceptsToken: (token) => token === "good" });
    sendJson(response, { status: 200, body: {} });
    return true;
  });

  it.each([
    ["the key", { "ocp-apim-subscription-key": "secret" }, 200],
    ["a good token", { authorization: "Bearer good" }, 200],
    ["a wrong key", { "ocp-apim-subscription-key": "secreT" }, 401],
    [
      "a wrong key beside a good token",
      { "ocp-apim-subscription-key": "no", authorization: "Bearer good" },
      401,
    ],
    ["a wrong token", { authorization: "Bearer bad" }, 401],
    ["nothing", {}, 401],
  ])("answer %s as the gateway does", async (_name, headers, status) => {
    const url = await start(guarded);

    const answer = await fetch(url, { headers: new Headers(Object.entries(headers)) });

    expect(answer.status).toBe(status);
  });

  it("are refused with the code 401 as text", async () => {
    const url = await start(guarded);

    const answer = await fetch(url);

    expect(await answer.json()).toMatchObject({ error: { code: "401" } });
  });
});
