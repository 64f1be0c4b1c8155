import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { LocalStack } from "../../test/support/local-stack.ts";
import { ApiUser } from "../harness/api-user.ts";
import { appMemoryMb, liveMemorySettings } from "../harness/process-memory.ts";
import type { Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { VOICE } from "./speech-contenders.ts";

const CLIENTS = 100;
const SECOND_MS = 1_000;
const WATCHED_SECONDS = 8;
const GOAL_MB = 200;

/** 20 MB of audio each. */
const TEXT = "Nobody listens to this sentence to its end. ".repeat(140);

/**
 * Clients that ask for long streams and never read: what the app still uses for them after a collection, and by how much the
 * process grows, garbage included.
 */
export const stalledClients: Scenario = {
  name: "stalled-clients",
  run: async (context) => {
    const file = path.join(tmpdir(), `stalled-clients-${process.pid}`);
    const { stack } = await context.failingStack(0, liveMemorySettings(file));
    const user = await ApiUser.of(stack, "listener");
    await user.post("/api/v1/synthesis/speak", { text: "Hello.", voice: VOICE, format: "pcm" });
    await delay(2 * SECOND_MS);
    const before = await memoryOf(stack, file);
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => stalled(stack.url, user)));
    const memory: Memory[] = [];
    for (let second = 0; second < WATCHED_SECONDS; second += 1) {
      await delay(SECOND_MS);
      memory.push(await memoryOf(stack, file));
    }
    clients.forEach((client) => client.destroy());
    const live = statisticsOf(memory.map(({ liveMb }) => liveMb - before.liveMb));
    const resident = statisticsOf(memory.map(({ residentMb }) => residentMb - before.residentMb));
    const what = `${CLIENTS} clients that never read`;
    return [
      {
        what: `in use for ${what}`,
        unit: "MB",
        statistics: live,
        goal: `under ${GOAL_MB} MB`,
        isReached: live.p99 < GOAL_MB,
      },
      { what: `growth of the process for ${what}`, unit: "MB", statistics: resident },
    ];
  },
};

interface Memory {
  readonly liveMb: number;
  readonly residentMb: number;
}

async function memoryOf({ processId }: LocalStack, file: string): Promise<Memory> {
  return { liveMb: Number(await readFile(file, "utf8")), residentMb: await appMemoryMb(processId) };
}

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
