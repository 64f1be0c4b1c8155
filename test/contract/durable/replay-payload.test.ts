import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DurableFunction } from "../../../local/host/durable/engine/engine-options.ts";
import type { HistoryEvent } from "../../../local/host/durable/protocol/history-event.ts";
import { EventType } from "../../../local/host/durable/protocol/history-event.ts";
import { orchestratorRequestText } from "../../../local/host/durable/protocol/orchestrator-request.ts";
import { replayText } from "../../../local/host/durable/protocol/replay-text.ts";
import { AZURE_STORAGE_TIMER_LIMITS } from "../../../local/host/durable/protocol/timer-limits.ts";
import type { DurableApp } from "../../support/durable-app.ts";
import { loadDurableApp } from "../../support/durable-app.ts";
import { startTestRuntime } from "../../support/durable-runtime.ts";

describe("the history as the host sends it to an orchestrator", () => {
  let app: DurableApp;
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "durable-payload-"));
    app = await loadDurableApp(() => import("../../support/durable-apps/conformance-app.ts"));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function recordedHistory(name: string, input: unknown): Promise<HistoryEvent[]> {
    const databaseFile = join(directory, `${name}.sqlite`);
    const test = await startTestRuntime(app, { databaseFile });
    await test.run(name, input, "i1");
    await test.runtime.close();
    const database = new DatabaseSync(databaseFile, { readOnly: true });
    const rows = database.prepare("SELECT events FROM history WHERE instance_id = 'i1' ORDER BY turn").all();
    database.close();
    const events = rows.flatMap((row) => JSON.parse(String(row["events"])) as HistoryEvent[]);
    return events.filter((event) => event.EventType !== EventType.ExecutionCompleted);
  }

  async function answerTo(name: string, history: string): Promise<unknown> {
    const fn = app.functions.find((candidate) => candidate.name === name) as DurableFunction;
    const text = orchestratorRequestText({
      instanceId: "i1",
      parentInstanceId: null,
      input: "1",
      isReplaying: true,
      history,
      limits: AZURE_STORAGE_TIMER_LIMITS,
    });
    return app
      .invoke(name, { bindingName: fn.bindingName, text }, "i1")
      .catch((error: unknown) => String(error));
  }

  it.each([
    "chain",
    "types",
    "retryInVain",
    "retryInFanOut",
    "parent",
    "throws",
    "unhandled",
    "race",
    "guids",
  ])("leaves out nothing that changes what the SDK answers: %s", async (name) => {
    const history = await recordedHistory(name, 1);
    const sent = history.flatMap((event) => replayText(event, true) ?? []).join(",");
    const full = history.map((event) => JSON.stringify({ ...event, IsPlayed: true })).join(",");

    const answer = await answerTo(name, sent);

    expect(answer).toEqual(await answerTo(name, full));
    expect(sent.length).toBeLessThan(full.length);
  });
});
