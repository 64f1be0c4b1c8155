import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublic } from "../../src/adapters/webhooks/guarded-lookup.ts";
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
    ["10.1.2.3", false],
    ["172.16.0.1", false],
    ["192.168.1.1", false],
    ["169.254.169.254", false],
    ["100.64.0.1", false],
    ["0.0.0.0", false],
    ["fe80::1", false],
    ["fd00::1", false],
    ["::ffff:10.0.0.1", false],
    ["64:ff9b::a00:1", false],
    ["20.50.2.1", true],
    ["2603:1030::1", true],
  ])("knows whether %s is public", (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});
