import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StandardWebhookSender } from "../../src/adapters/webhooks/standard-webhook-sender.ts";

const guarded = new StandardWebhookSender({ allowsInnerTargets: false });

function message(url: string) {
  return { id: "msg_1", url, body: "{}", sentAt: new Date(0), secrets: [guarded.newSecret()] };
}

describe("the guard of webhook targets", () => {
  let server: Server;
  let calls = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      calls += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each(["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])(
    "lets nothing through to %s",
    async (host) => {
      const { port } = server.address() as AddressInfo;

      const attempt = guarded.send(message(`https://${host}:${port}/hook`));

      await expect(attempt).rejects.toMatchObject({ code: "webhook-target-refused" });
      expect(calls).toBe(0);
    },
  );

  it("asks for https", async () => {
    const attempt = guarded.send(message("http://example.com/hook"));

    await expect(attempt).rejects.toMatchObject({ code: "webhook-target-refused" });
  });

  it.each([
    "https://168.63.129.16/",
    "https://user:secret@example.com/hook",
    "https://user@example.com/",
    "x",
  ])("refuses %s and repeats no password", async (url) => {
    const attempt = guarded.send(message(url));

    await expect(attempt).rejects.toMatchObject({
      code: "webhook-target-refused",
      message: expect.not.stringContaining("secret"),
    });
  });
});

describe("a sender of webhooks", () => {
  const open = new StandardWebhookSender({ allowsInnerTargets: true });

  it("answers the status of a redirect and does not follow it", async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? "");
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;

    const status = await open.send(message(`http://127.0.0.1:${port}/hook`));
    await new Promise((resolve) => server.close(resolve));

    expect({ status, paths }).toEqual({ status: 307, paths: ["/hook"] });
  });

  it("says that a target without an answer is unreachable, which may pass", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const attempt = open.send(message(`http://127.0.0.1:${port}/hook`));

    await expect(attempt).rejects.toMatchObject({ code: "webhook-unreachable", retryable: true });
  });
});
