import { once } from "node:events";
import http from "node:http";
import { text } from "node:stream/consumers";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { streamedAnswer } from "../../../../../local/host/http/answer-streamed.ts";
import type { HttpCall } from "../../../../../local/host/http/http-call.ts";

const servers: http.Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(handler: http.RequestListener): Promise<URL> {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** A host before a library that answers the first request of each connection, and closes it at the second. */
async function hostBeforeClosingLibrary(): Promise<{ readonly url: URL; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const used = new Set<Socket>();
  const libraryUrl = await listening((request, response) => {
    if (used.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    used.add(request.socket);
    const answerIt = async (): Promise<void> => {
      bodies.push(await text(request));
      response.end("answered");
    };
    void answerIt();
  });
  const answer = streamedAnswer({
    libraryUrl,
    strictHang: false,
    maxBodyBytes: 1_000,
    log: () => undefined,
    invoker: { invoke: async () => ({ succeeded: true, result: {}, response: {} }) },
  });
  const match = { route: { fn: { name: "echo", trigger: { bindingName: "request" } } }, parameters: {} };
  const url = await listening((request, response) => {
    const call = { request, response, url: new URL(request.url ?? "", "http://host"), match };
    void answer(call as unknown as HttpCall);
  });
  return { url, bodies };
}

it("A call goes out once more when the library closes the kept connection that it would have used", async () => {
  const { url, bodies } = await hostBeforeClosingLibrary();

  const statuses: number[] = [];
  for (const body of ["first", "second", "third"]) {
    const response = await fetch(url, { method: "POST", body });
    statuses.push(response.status);
    await response.text();
  }

  expect(statuses).toEqual([200, 200, 200]);
  expect(bodies).toEqual(["first", "second", "third"]);
});
