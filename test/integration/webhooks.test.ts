import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { apiClient } from "../support/api-client.ts";
import { endedBatch, manyItems, sendBatch } from "../support/batch-api.ts";
import { jsonOf } from "../support/json-of.ts";
import { until } from "../support/until.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly attempts: readonly { readonly httpStatus: number | null }[];
}

describe("a webhook", () => {
  const received: Received[] = [];
  let answers: number[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
    });
  });
  let url = "";

  beforeEach(async () => {
    received.length = 0;
    answers = [];
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it("tells that a batch has ended, signed with the owner's secret, and again when it is replayed", async () => {
    const api = await apiClient(stack);
    const { secret } = (await (await api.get("/api/v1/webhooks/secret")).json()) as { secret: string };

    const { id } = await sendBatch(api, { items: manyItems(2), notify: { url } });
    await endedBatch(api, id);
    const [first] = await until(
      async () => [...received],
      ({ length }) => length > 0,
    );
    const verified = new Webhook(secret).verify(first?.body ?? "", first?.headers ?? {});
    const deliveries = async (): Promise<readonly Delivery[]> =>
      (await jsonOf<{ items: Delivery[] }>(await api.get("/api/v1/webhooks/deliveries"))).items;
    const [delivery] = await until(deliveries, ([each]) => each?.status === "delivered");
    const replayed = await api.postJson(`/api/v1/webhooks/deliveries/${delivery?.id}/replay`, {});
    await replayed.body?.cancel();
    await until(
      async () => received.length,
      (count) => count === 2,
    );

    expect(verified).toMatchObject({
      type: "batch.ended",
      data: { batchId: id, status: "completed", counts: { succeeded: 2 } },
    });
    expect(delivery?.attempts).toMatchObject([{ httpStatus: 204 }]);
    expect(replayed.status).toBe(202);
    expect(received[1]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  });

  it("is signed with the old and the new secret after a rotation", async () => {
    const api = await apiClient(stack);
    const before = (await (await api.get("/api/v1/webhooks/secret")).json()) as { secret: string };
    const rotated = await api.postJson("/api/v1/webhooks/secret/rotate", {});
    const after = (await rotated.json()) as { secret: string };

    await sendBatch(api, { items: manyItems(1), notify: { url } });
    const [message] = await until(
      async () => [...received],
      ({ length }) => length > 0,
    );
    const verify = (secret: string) =>
      new Webhook(secret).verify(message?.body ?? "", message?.headers ?? {});

    expect(after.secret).not.toBe(before.secret);
    expect([verify(before.secret), verify(after.secret)]).toMatchObject([{ type: "batch.ended" }, {}]);
  });

  it("is sent again when the receiver fails, and follows no redirect", async () => {
    const api = await apiClient(stack);
    answers = [302];

    await sendBatch(api, { items: manyItems(1), notify: { url } });
    await until(
      async () => received.length,
      (count) => count === 2,
    );

    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual(
      Array.from({ length: 2 }, () => received[0]?.headers["webhook-id"]),
    );
  });
});
