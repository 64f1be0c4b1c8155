import { describe, expect, it } from "vitest";
import { azureChunksOf, azureJobId } from "../../../../src/application/azure-batches/azure-chunks.ts";
import type { PlannedItem } from "../../../../src/application/azure-batches/azure-plan.ts";
import { assertOffered } from "../../../../src/application/azure-batches/offered-voices.ts";
import { packJobs } from "../../../../src/application/azure-batches/pack-jobs.ts";
import { AVA } from "../../../support/catalog-voice.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";
import { recordingSynthesizer } from "../../../support/recording-synthesizer.ts";

const { prepare } = speakingWith(recordingSynthesizer(() => []));
const principal = { id: "owner" } as Parameters<typeof prepare>[0];
const { request: _request, ...plain } = await prepare(
  principal,
  asking("Hello."),
  AbortSignal.timeout(5_000),
);

function item(id: string, changes: Partial<PlannedItem["prepared"]> = {}): PlannedItem {
  return { page: 0, id, prepared: { ...plain, ...changes } };
}

function partsOf(count: number, characters = 10): Pick<PlannedItem["prepared"], "parts"> {
  const [part] = plain.parts;
  return {
    parts: Array.from({ length: count }, () => ({
      passage: { written: "", segments: [] },
      ...part,
      ssml: "x".repeat(characters),
    })),
  };
}

function voiceOf(voiceName: string, deploymentId: string): Pick<PlannedItem["prepared"], "voice"> {
  return { voice: { ...AVA, kind: "professional", voiceName, deploymentId } };
}

describe("the items of Azure jobs", () => {
  it("share a job as far as a thousand documents go", () => {
    const items = Array.from({ length: 500 }, (_, index) => item(`item-${index}`, partsOf(3)));

    const jobs = packJobs(items);

    expect(jobs.map(({ items: own }) => own.length)).toEqual([333, 167]);
    expect(jobs.flatMap(({ items: own }) => own.map(({ id }) => id))).toEqual(items.map(({ id }) => id));
  });

  it("never make a body larger than 500 KB", () => {
    const jobs = packJobs(Array.from({ length: 100 }, (_, index) => item(`i-${index}`, partsOf(1, 20_000))));

    const sizes = jobs.map(({ items: own }) =>
      Buffer.byteLength(
        JSON.stringify(own.flatMap(({ prepared }) => prepared.parts.map(({ ssml }) => ({ content: ssml })))),
      ),
    );

    expect(Math.max(...sizes)).toBeLessThan(490_000);
    expect(jobs).toHaveLength(5);
  });

  it("are divided by format, and each keeps its place in its job", () => {
    const other = { ...plain.format, upstreamName: "other" };

    const jobs = packJobs([item("a"), item("b", { format: other }), item("c"), item("d", { format: other })]);

    expect(jobs.map(({ outputFormat, items }) => [outputFormat, items.map(({ id }) => id)])).toEqual([
      [plain.format.upstreamName, ["a", "c"]],
      ["other", ["b", "d"]],
    ]);
  });

  it("name the deployment of each professional voice, and never two for one name", () => {
    const jobs = packJobs([
      item("a", voiceOf("OneNeural", "d-1")),
      item("b", voiceOf("TwoNeural", "d-2")),
      item("c", voiceOf("OneNeural", "d-3")),
    ]);

    expect(jobs.map(({ deployments }) => deployments)).toEqual([
      { OneNeural: "d-1", TwoNeural: "d-2" },
      { OneNeural: "d-3" },
    ]);
  });

  it.each(["openai", "hd", "hd-omni"] as const)(
    "are refused by name with voices of the family %s",
    (family) => {
      expect(() => assertOffered(item("a", { families: ["neural", family] }))).toThrow(
        expect.objectContaining({ code: "azure-batch-unsupported" }),
      );
    },
  );

  it.each(["neural", "dragon", "phoenix"] as const)("are taken with voices of the family %s", (family) => {
    expect(() => assertOffered(item("a", { families: [family] }))).not.toThrow();
  });

  it("are refused when one alone is larger than a job", () => {
    expect(() => assertOffered(item("a", partsOf(11, 48_000)))).toThrow(/divide it/);
  });
});

describe("the chunks of a batch", () => {
  it("hold at most 1,000 items or 4 MB, and together every page once", () => {
    const small = azureChunksOf({ pageOffsets: Array.from({ length: 46 }, (_, page) => page * 1_000) });
    const large = azureChunksOf({ pageOffsets: [0, 3e6, 6e6, 7e6, 20e6, 20e6 + 1] });

    expect(small.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(small.flat()).toEqual(Array.from({ length: 45 }, (_, page) => page));
    expect(large).toEqual([[0], [1, 2], [3], [4]]);
  });

  it("name jobs in at most 64 characters", () => {
    const batchId = `batch_${"F".repeat(32)}`;

    const id = azureJobId({ batchId, ownerId: "o", run: 999, chunk: 199, pass: 8, job: 999 });

    expect(id.length).toBeLessThanOrEqual(64);
    expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/);
  });
});
