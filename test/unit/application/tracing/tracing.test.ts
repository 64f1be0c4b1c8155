import { describe, expect, it } from "vitest";
import { AsyncActiveCalls } from "../../../../src/adapters/system/async-active-calls.ts";
import { UlidIds } from "../../../../src/adapters/system/ulid-ids.ts";
import { parseTraceparent } from "../../../../src/adapters/telemetry/trace-context.ts";
import type { Activities } from "../../../../src/application/ports/activities.ts";
import type { ActiveCall } from "../../../../src/application/ports/active-call.ts";
import type { Orchestrations } from "../../../../src/application/ports/orchestrations.ts";
import { TracedOrchestrations } from "../../../../src/application/tracing/traced-orchestrations.ts";
import { tracedActivities } from "../../../../src/application/tracing/traced-activities.ts";
import { withClientSpans } from "../../../../src/application/tracing/with-client-spans.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { RecordingTracer } from "../../../support/recording-tracer.ts";

const PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

function world() {
  const tracer = new RecordingTracer();
  const activeCalls = new AsyncActiveCalls();
  const call: ActiveCall = {
    requestId: "req_1",
    traceparent: PARENT,
    operation: "trainVoice",
    knownHashes: new Map(),
    changes: [],
    changeCount: 0,
  };
  return { tracer, activeCalls, call, ids: new UlidIds(new ManualClock()) };
}

async function valuesOf(events: AsyncIterable<number> | undefined): Promise<readonly number[]> {
  const values: number[] = [];
  for await (const value of events ?? []) {
    values.push(value);
  }
  return values;
}

describe("a trace", () => {
  it("is handed to the orchestration that a request starts", async () => {
    const { activeCalls, call } = world();
    const started: object[] = [];
    const inner = {
      start: async (_name: string, _id: string, input: object) => void started.push(input),
    } as unknown as Orchestrations;
    const subject = new TracedOrchestrations(inner, activeCalls);

    await activeCalls.run(call, () => subject.start("trainVoice", "voice_1", { voiceId: "voice_1" }));
    await subject.start("reconcile", "timer", {});

    expect(started).toEqual([{ voiceId: "voice_1", traceparent: PARENT }, {}]);
  });

  it("goes on through an activity to the upstream call that it makes", async () => {
    const { tracer, activeCalls, ids } = world();
    const upstream = withClientSpans(
      { create: async () => "made" },
      { tracer, activeCalls, system: "speech" },
    );
    const activities = tracedActivities(
      { createAzureConsent: async () => ({ made: await upstream.create() }) } as unknown as Activities,
      { tracer, activeCalls, ids },
    );

    const input = { voiceId: "voice_1", ownerId: "ada", traceparent: PARENT };
    await activities.createAzureConsent(input);

    const [activity, call] = tracer.spans;
    expect(activity).toMatchObject({ name: "activity createAzureConsent", parent: PARENT, isFailed: false });
    expect(call).toMatchObject({ name: "speech create", kind: "client", parent: activity?.traceparent });
  });

  it("marks what failed and lets the failure through", async () => {
    const { tracer, activeCalls, ids } = world();
    const upstream = withClientSpans(
      { create: () => Promise.reject(new Error("down")) },
      { tracer, activeCalls, system: "speech" },
    );
    const activities = tracedActivities(
      { createAzureConsent: () => upstream.create() } as unknown as Activities,
      {
        tracer,
        activeCalls,
        ids,
      },
    );

    await expect(activities.createAzureConsent({ voiceId: "v", ownerId: "o" })).rejects.toThrow("down");

    expect(tracer.spans.map(({ isFailed }) => isFailed)).toEqual([true, true]);
  });

  it("says by code and status why an upstream call or an activity failed", async () => {
    const { tracer, activeCalls, ids } = world();
    const failure = new ServiceError("speech-throttled", "over quota", { details: { upstreamStatus: 429 } });
    const upstream = withClientSpans(
      { create: () => Promise.reject(failure) },
      { tracer, activeCalls, system: "speech" },
    );
    const activities = tracedActivities(
      { createAzureConsent: () => upstream.create() } as unknown as Activities,
      { tracer, activeCalls, ids },
    );

    await expect(activities.createAzureConsent({ voiceId: "v", ownerId: "o" })).rejects.toThrow(failure);

    const reason = { "voice.error_code": "speech-throttled", "voice.upstream_status": 429 };
    expect(tracer.spans.map(({ attributes }) => attributes)).toEqual([reason, reason]);
  });

  it("has a span for a stream of events from the first that is asked for to the last", async () => {
    const { tracer, activeCalls, call } = world();
    const speech = withClientSpans(
      {
        async *events(failure?: Error) {
          yield 1;
          if (failure !== undefined) {
            throw failure;
          }
        },
      },
      { tracer, activeCalls, system: "speech" },
    );

    const [read, left, broken, unread] = await activeCalls.run(call, async () => [
      speech.events(),
      speech.events(),
      speech.events(new Error("broken")),
      speech.events(),
    ]);
    expect(await valuesOf(read)).toEqual([1]);
    await left?.next();
    await left?.return();
    await expect(valuesOf(broken)).rejects.toThrow("broken");

    expect(unread).toBeDefined();
    expect(tracer.spans.map(({ name, parent, isFailed }) => [name, parent, isFailed])).toEqual([
      ["speech events", PARENT, false],
      ["speech events", PARENT, false],
      ["speech events", PARENT, true],
    ]);
  });

  it.each([
    undefined,
    "",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "01-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
  ])("does not continue %o", (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
