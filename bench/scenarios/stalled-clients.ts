import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { ApiUser } from "../harness/api-user.ts";
import { appMemoryMb } from "../harness/process-memory.ts";
import type { Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { VOICE } from "./speech-contenders.ts";

const CLIENTS = 100;
const WATCHED_SECONDS = 8;
const GOAL_MB = 200;

/** 20 MB of audio each. */
const TEXT = "Nobody listens to this sentence to its end. ".repeat(140);

/** Clients that ask for long streams and never read: what the app holds for them. */
export const stalledClients: Scenario = {
  name: "stalled-clients",
  run: async (context) => {
    const user = await context.stubbedUser();
    const { url, processId } = await context.stubbedStack();
    await user.post("/api/v1/synthesis/speak", { text: "Hello.", voice: VOICE, format: "pcm" });
    const before = await appMemoryMb(processId);
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => stalled(url, user)));
    const memory: number[] = [];
    for (let second = 0; second < WATCHED_SECONDS; second += 1) {
      await delay(1000);
      memory.push(await appMemoryMb(processId));
    }
    clients.forEach((client) => client.destroy());
    const growth = statisticsOf(memory.map((each) => each - before));
    return [
      { what: "app before", unit: "MB", statistics: statisticsOf([before]) },
      {
        what: `held for ${CLIENTS} clients that never read`,
        unit: "MB",
        statistics: growth,
        goal: `under ${GOAL_MB} MB`,
        isReached: growth.p99 < GOAL_MB,
      },
    ];
  },
};

/** Resolves when the answer has begun. */
async function stalled(baseUrl: string, user: ApiUser): Promise<ClientRequest> {
  const client = request(`${baseUrl}/api/v1/synthesis/speak/stream`, {
    method: "POST",
    headers: { ...user.headers, "content-type": "application/json" },
  });
  client.on("error", () => undefined);
  client.end(JSON.stringify({ text: TEXT, voice: VOICE, format: "pcm", cache: "bypass", store: false }));
  const [response]: IncomingMessage[] = await once(client, "response");
  response?.pause();
  return client;
}
