import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { type ApiClient, apiClient } from "../../test/support/api-client.ts";
import {
  allItems,
  type BatchView,
  type ItemView,
  manyItems,
  readBatch,
  sendBatch,
} from "../../test/support/batch-api.ts";
import type { LocalStack } from "../../test/support/local-stack.ts";
import type { BenchContext } from "../harness/bench-context.ts";
import { appProcess, liveMemorySettings } from "../harness/process-memory.ts";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";

const ITEMS = 10_000;

/** Every hundredth names a voice that nobody has. */
const BAD_EVERY = 100;
const FAILING_SHARE = 0.05;
const KILLS = 10;
const POLL_MS = 500;

/** Memory is compared when the first and when the last thousand items are spoken. */
const WINDOW_ITEMS = 1_000;
const FLAT_RATIO = 1.1;

/** Items that are spoken at once: what a kill can make the app speak a second time. */
const AT_ONCE = 20;

const spokenSchema = z.record(z.string(), z.number());

interface Soak {
  readonly stack: LocalStack;
  readonly speechUrl: string;
  readonly api: ApiClient;
  readonly id: string;
  /** Texts that had succeeded before a kill → how often they had been spoken then. */
  readonly finished: Map<string, number>;
  readonly memory: { readonly file: string; readonly early: number[]; readonly late: number[] };
}

/**
 * A job of 10,000 items before a service that fails for 5 % of the calls, then the same with ten kills of the app. It throws
 * unless every good item has one result, every bad one an error, and nothing was spoken again that had succeeded.
 */
export const batchSoak: Scenario = {
  name: "batch-soak",
  isUsual: false,
  run: async (context) => [...(await soak(context, 0)), ...(await soak(context, KILLS))],
};

async function soak(context: BenchContext, kills: number): Promise<readonly Figure[]> {
  const file = path.join(tmpdir(), `live-memory-${process.pid}`);
  const { stack, speechUrl } = await context.failingStack(FAILING_SHARE, liveMemorySettings(file));
  const api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
  const startedMs = performance.now();
  const { id } = await sendBatch(api, { items: soakItems() });
  const running: Soak = {
    stack,
    speechUrl,
    api,
    id,
    finished: new Map(),
    memory: { file, early: [], late: [] },
  };
  for (let kill = 1; kill <= kills; kill += 1) {
    await untilEnded(running, (ITEMS * kill) / (kills + 1));
    await killApp(running);
  }
  const batch = await untilEnded(running, Number.POSITIVE_INFINITY);
  const elapsedMs = performance.now() - startedMs;
  const repeated = checked(running, {
    batch,
    items: await allItems(api, id),
    spoken: await spokenTexts(speechUrl),
    kills,
  });
  return figuresOf(running, { elapsedMs, repeated, kills });
}

function soakItems(): readonly { readonly text: string; readonly voice?: string }[] {
  return manyItems(ITEMS).map((item, index) =>
    index % BAD_EVERY === 0 ? { ...item, voice: "xx-XX-None" } : item,
  );
}

/** Polls until so many items are done, or the batch. While the app is started again it does not answer. */
async function untilEnded(running: Soak, items: number): Promise<BatchView> {
  for (;;) {
    const batch = await readBatch(running.api, running.id).catch(() => undefined);
    if (batch !== undefined) {
      const done = (batch.counts["succeeded"] ?? 0) + (batch.counts["failed"] ?? 0);
      if (done >= items || !["pending", "running"].includes(batch.status)) {
        return batch;
      }
      await noteMemory(running.memory, done);
    }
    await delay(POLL_MS);
  }
}

async function noteMemory({ file, early, late }: Soak["memory"], done: number): Promise<void> {
  const liveMb = Number(await readFile(file, "utf8").catch(() => "0"));
  if (liveMb > 0 && done > 0 && done <= WINDOW_ITEMS) {
    early.push(liveMb);
  } else if (liveMb > 0 && done > ITEMS - WINDOW_ITEMS) {
    late.push(liveMb);
  }
}

async function killApp({ stack, api, id, speechUrl, finished }: Soak): Promise<void> {
  const items = await allItems(api, id);
  const spoken = await spokenTexts(speechUrl);
  for (const item of items.filter(({ status }) => status === "succeeded")) {
    finished.set(textOf(item), spoken[textOf(item)] ?? 0);
  }
  const victim = await appProcess(stack.processId);
  if (victim === undefined) {
    throw new Error("There is no app to kill.");
  }
  process.kill(victim.processId, "SIGKILL");
}

function textOf({ id }: ItemView): string {
  return `Line ${id.slice("line-".length)}.`;
}

async function spokenTexts(speechUrl: string): Promise<Readonly<Record<string, number>>> {
  return spokenSchema.parse(await (await fetch(`${speechUrl}/spoken`)).json());
}

interface Outcome {
  readonly batch: BatchView;
  readonly items: readonly ItemView[];
  readonly spoken: Readonly<Record<string, number>>;
  readonly kills: number;
}

/** @returns how many items were spoken more than once. @throws Error that names what is wrong. */
function checked({ finished }: Soak, { batch, items, spoken, kills }: Outcome): number {
  const bad = ITEMS / BAD_EVERY;
  const results = items.filter(({ audioUrl, error }) => audioUrl !== null && error === null).length;
  const errors = items.filter(({ error }) => error?.code === "voice-not-found").length;
  const again = [...finished].filter(([text, count]) => spoken[text] !== count).length;
  const repeated = Object.values(spoken).filter((count) => count > 1).length;
  if (batch.status !== "completed-with-errors" || results !== ITEMS - bad || errors !== bad) {
    throw new Error(`The batch ended as ${batch.status} with ${results} results and ${errors} errors.`);
  }
  if (again > 0 || repeated > kills * AT_ONCE * 2) {
    throw new Error(`${again} items were spoken again after they had succeeded, ${repeated} more than once.`);
  }
  return repeated;
}

function figuresOf(
  { memory }: Soak,
  {
    elapsedMs,
    repeated,
    kills,
  }: { readonly elapsedMs: number; readonly repeated: number; readonly kills: number },
): readonly Figure[] {
  const name = `${ITEMS} items, ${FAILING_SHARE * 100} % fail, ${kills} kills`;
  return [
    { what: name, unit: "ms", statistics: statisticsOf([elapsedMs]) },
    { what: `${name}: spoken more than once`, unit: "items", statistics: statisticsOf([repeated]) },
    ...(kills === 0 ? memoryFigures(name, memory) : []),
  ];
}

function memoryFigures(name: string, memory: Soak["memory"]): readonly Figure[] {
  const early = statisticsOf(memory.early);
  const late = statisticsOf(memory.late);
  const ratio = late.median / early.median;
  return [
    { what: `${name}: live memory, first ${WINDOW_ITEMS}`, unit: "MB", statistics: early, ratio: 1 },
    {
      what: `${name}: live memory, last ${WINDOW_ITEMS}`,
      unit: "MB",
      statistics: late,
      ratio,
      over: late.median - early.median,
      goal: `under ${FLAT_RATIO}×`,
      isReached: ratio < FLAT_RATIO,
    },
  ];
}
