import { describe, expect, it } from "vitest";
import { ORGANIZATION } from "../../../../src/application/voices/shared-voice.ts";
import { readVoice } from "../../../../src/application/voices/voice-ref.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const shared = voiceWith({ visibility: "organization", labels: { team: "docs", floor: "2" } });

type Stores = Awaited<ReturnType<typeof memoryVoices>>;

/** Writes the voice; over `stored`, as who dies before the reference follows. */
async function change(voices: Stores["voices"] | Stores["stored"], changes: Partial<Voice>): Promise<void> {
  const voice = await readVoice(voices, { ownerId: "user-1", voiceId: "voice_1" });
  await voices.replace({ ...voice, ...changes }, voice.etag);
}

async function listedIds({ shared: all }: Stores, equals = {}): Promise<readonly string[]> {
  return (await all.list({ equals, limit: 10 })).items.map(({ id }) => id);
}

describe("a shared voice", () => {
  it("is found by its id and in the list, as its owner has it", async () => {
    const stores = await memoryVoices(shared);

    expect(await stores.shared.find("voice_1")).toEqual(await stores.stored.read("user-1", "voice_1"));
    expect(await listedIds(stores)).toEqual(["voice_1"]);
  });

  it("is listed by what it is now: its name, its labels and its status", async () => {
    const stores = await memoryVoices(shared);

    await change(stores.voices, { name: "Guide", status: "suspended", labels: { team: "trains" } });

    expect(await listedIds(stores, { name: "Narrator" })).toEqual([]);
    expect(await listedIds(stores, { status: "ready" })).toEqual([]);
    expect(await listedIds(stores, { name: "Guide", status: "suspended" })).toEqual(["voice_1"]);
    const members = { labels: { team: "trains" } };
    expect((await stores.shared.list({ members, limit: 10 })).items).toHaveLength(1);
  });

  it.each<[string, Partial<Voice>]>([
    ["its owner withdraws it", { visibility: "private" }],
    ["its deletion begins", { status: "deleting" }],
  ])("is there for nobody else any more when %s", async (_when, changes) => {
    const stores = await memoryVoices(shared);

    await change(stores.voices, changes);

    expect(await stores.shared.find("voice_1")).toBeUndefined();
    expect(await listedIds(stores)).toEqual([]);
    expect(await stores.references.count({})).toBe(0);
  });

  it("takes its reference with it", async () => {
    const stores = await memoryVoices(shared);

    await stores.voices.delete("user-1", "voice_1");

    expect(await stores.references.count({})).toBe(0);
  });

  it("costs no write of the reference when nothing that lists ask for has changed", async () => {
    const stores = await memoryVoices(shared);
    const before = await stores.references.read(ORGANIZATION, "voice_1");

    await change(stores.voices, { progressPercent: 50, labels: { floor: "2", team: "docs" } });

    expect(await stores.references.read(ORGANIZATION, "voice_1")).toEqual(before);
  });

  it("is listed in pages, newest first", async () => {
    const stores = await memoryVoices(
      ...["2026-01-01", "2026-01-03", "2026-01-02"].map((day) =>
        voiceWith({
          id: `voice_${day}`,
          partition: `user-${day}`,
          visibility: "organization",
          createdAt: `${day}T00:00:00.000Z`,
        }),
      ),
    );

    const first = await stores.shared.list({ limit: 2 });
    const second = await stores.shared.list({ limit: 2, cursor: first.nextCursor ?? "" });

    const pages = [first, second].map(({ items }) => items.map(({ id }) => id));
    expect(pages).toEqual([["voice_2026-01-03", "voice_2026-01-02"], ["voice_2026-01-01"]]);
    expect(second.nextCursor).toBeNull();
  });
});

describe("a voice whose writer died before the reference followed", () => {
  it.each<[string, Partial<Voice>]>([
    ["withdrawn", { visibility: "private" }],
    ["being deleted", { status: "deleting" }],
  ])("is there for nobody else when it is %s, and the reference goes", async (_what, changes) => {
    const stores = await memoryVoices(shared);

    await change(stores.stored, changes);

    expect(await stores.shared.find("voice_1")).toBeUndefined();
    expect(await listedIds(stores)).toEqual([]);
    expect(await stores.reconcile()).toEqual({ found: 1 });
    expect(await stores.references.count({})).toBe(0);
  });

  it("is there for nobody else when it is deleted, and the reference goes", async () => {
    const stores = await memoryVoices(shared);

    await stores.stored.delete("user-1", "voice_1");

    expect(await stores.shared.find("voice_1")).toBeUndefined();
    expect(await listedIds(stores)).toEqual([]);
    expect(await stores.reconcile()).toEqual({ found: 1 });
    expect(await stores.references.count({})).toBe(0);
  });

  it("is found and listed as it is after the next reconciliation, when it is shared", async () => {
    const stores = await memoryVoices(voiceWith());
    await change(stores.stored, { visibility: "organization", name: "Guide" });

    expect(await stores.reconcile()).toEqual({ found: 1 });

    expect(await listedIds(stores, { name: "Guide" })).toEqual(["voice_1"]);
    expect(await stores.reconcile()).toEqual({ found: 0 });
  });
});

describe("a voice whose reference cannot be written", () => {
  it("is written all the same; the log says so and names no person", async () => {
    const stores = await memoryVoices(shared);
    stores.references.failure = new ServiceError("store-unavailable", "No answer.");

    await change(stores.voices, { visibility: "private" });
    stores.references.failure = undefined;

    expect(await stores.shared.find("voice_1")).toBeUndefined();
    expect(stores.logger.lines).toEqual([
      {
        level: "warning",
        message: "The reference to a voice could not be written",
        attributes: { voiceId: "voice_1", code: "store-unavailable" },
      },
    ]);
  });
});
