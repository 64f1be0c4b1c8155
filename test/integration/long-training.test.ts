import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { type Execution, startTimedStack, type TimedStack } from "../support/timed-stack.ts";
import { speechFile } from "../support/voices/recordings.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TIMEOUT_MS = 240_000;

let stack: TimedStack;
let api: ApiClient;

beforeAll(async () => {
  stack = await startTimedStack({ personalVoiceMs: 40 * MINUTE_MS });
  api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
}, TIMEOUT_MS);

afterEach(() => stack.mend());

afterAll(() => stack.close());

interface VoiceBody {
  readonly id: string;
  readonly status: string;
}

async function train(): Promise<string> {
  const accepted = await api.postForm("/api/v1/voices/train", {
    name: "Patient",
    kind: "personal",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent: await speechFile("consent.wav"),
    samples: [await speechFile("sample.wav", 2)],
  });
  return ((await accepted.json()) as VoiceBody).id;
}

/** @returns the voice as it ended, and every execution that was seen on the way. */
async function followed(id: string, stepMs?: number) {
  const executions: Execution[] = [];
  const voice = await stack.passUntil(
    { limitMs: 8 * HOUR_MS, stepMs },
    async () => {
      executions.push(await stack.execution(`train-${id}`));
      return (await (await api.get(`/api/v1/voices/${id}`)).json()) as VoiceBody;
    },
    ({ status }) => ["ready", "failed", "canceled"].includes(status),
  );
  return { voice, executions };
}

async function untilContinued(id: string): Promise<void> {
  await stack.passUntil(
    { limitMs: HOUR_MS },
    () => stack.execution(`train-${id}`),
    ({ input }) => input["bookmark"] !== undefined,
  );
}

describe("a training that Azure takes long for", () => {
  it(
    "goes on in new executions, whose histories stay short, at the step that it is in",
    async () => {
      const id = await train();

      const { voice, executions } = await followed(id, MINUTE_MS);
      const calls = await stack.calls();
      const spoken = await api.postJson("/api/v1/synthesis/speak", { text: "At last.", voiceId: id });

      expect(voice).toMatchObject({ status: "ready", stages: [{}, { name: "training" }] });
      expect(executions.at(-1)?.input).toMatchObject({
        attempt: 0,
        bookmark: { step: "personal-voice", trouble: null },
      });
      expect(calls["GET /personalvoices/{id}"]).toBeGreaterThan(200);
      expect(Math.max(...executions.map(({ activityCount }) => activityCount))).toBeLessThanOrEqual(110);
      expect([calls["POST /consents/{id}"], calls["POST /personalvoices/{id}"]]).toEqual([1, 1]);
      expect(spoken.status).toBe(200);
    },
    TIMEOUT_MS,
  );

  it(
    "is canceled at once in a later execution, and leaves nothing in Azure",
    async () => {
      const id = await train();
      await untilContinued(id);
      const askedAtMs = stack.passedMs();

      const canceling = await api.send(`/api/v1/voices/${id}/cancel`, { method: "POST" });
      const { voice } = await followed(id, MINUTE_MS);

      expect(canceling.status).toBe(202);
      expect(voice.status).toBe("canceled");
      expect(stack.passedMs() - askedAtMs).toBeLessThanOrEqual(MINUTE_MS);
      expect((await stack.inAzure(`/personalvoices/${id}`)).status).toBe(404);
    },
    TIMEOUT_MS,
  );

  it(
    "counts an outage on from execution to execution, and fails after six hours of it",
    async () => {
      const id = await train();
      await untilContinued(id);
      const downSinceMs = stack.passedMs();
      await stack.fault({
        service: "custom-voice",
        match: { operation: "GET /personalvoices/{id}" },
        action: { kind: "status", status: 503 },
        times: 100_000,
      });

      const { voice, executions } = await followed(id);
      const downMs = stack.passedMs() - downSinceMs;

      expect(voice).toMatchObject({ status: "failed", error: { code: "custom-voice-unavailable" } });
      expect(executions.at(-1)?.input).toMatchObject({
        bookmark: { trouble: { activity: "azurePersonalVoiceProgress" } },
      });
      expect(downMs).toBeGreaterThanOrEqual(6 * HOUR_MS);
      expect(downMs).toBeLessThan(6.3 * HOUR_MS);
      expect((await stack.inAzure(`/consents/${id}`)).status).toBe(200);
    },
    TIMEOUT_MS,
  );
});
