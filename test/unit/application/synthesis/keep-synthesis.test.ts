import { describe, expect, it } from "vitest";
import { makeDeleteSynthesis } from "../../../../src/application/history/delete-synthesis.ts";
import { makeFindSynthesis } from "../../../../src/application/history/find-synthesis.ts";
import { makeListSyntheses } from "../../../../src/application/history/list-syntheses.ts";
import { makePurgeExpiredAudio } from "../../../../src/application/history/purge-expired-audio.ts";
import { makeReadCaptions } from "../../../../src/application/history/read-captions.ts";
import { makeReadSynthesisAudio } from "../../../../src/application/history/read-synthesis-audio.ts";
import { makeReadUsage } from "../../../../src/application/usage/read-usage.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import type { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { principalWith } from "../../../support/principals.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const speechOf = (durationMs: number) => recordingSynthesizer(() => [silence(durationMs)]);

async function drained(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of events) {
    count += event === undefined ? 0 : 1;
  }
  return count;
}

async function blobNames(blobs: MemoryBlobs): Promise<readonly string[]> {
  const { items } = await blobs.list("audio", { prefix: "", limit: 100 });
  return items.map(({ name }) => name);
}

describe("the cache", () => {
  it("makes one upstream call of a hundred equal requests at once", async () => {
    const synthesizer = speechOf(100);
    const { speak } = speakingWith(synthesizer);

    const all = await Promise.all(
      Array.from({ length: 100 }, () => speak(SPEAKER, asking("Hello"), never())),
    );

    expect(synthesizer.requests).toHaveLength(1);
    expect(all.filter(({ cache }) => cache === "miss")).toHaveLength(1);
    expect(new Set(all.map(({ audio }) => Buffer.from(audio).toString("base64"))).size).toBe(1);
  });

  it("answers an equal request later without the service, and bills nothing", async () => {
    const synthesizer = speechOf(100);
    const { speak, records } = speakingWith(synthesizer);
    const first = await speak(SPEAKER, asking("Hello"), never());
    await first.kept;

    const second = await speak(SPEAKER, asking("Hello"), never());
    await second.kept;

    expect(second).toMatchObject({ cache: "hit", durationMs: 100, audio: first.audio, words: first.words });
    expect(synthesizer.requests).toHaveLength(1);
    expect(await records.read(SPEAKER.id, second.id)).toMatchObject({ charactersBilled: 0, cache: "hit" });
  });

  it.each([
    ["another text", asking("Good bye")],
    ["another format", asking("Hello", { format: { format: "pcm" } })],
    ["another style", asking("Hello", { style: { rate: "+10%" } })],
    ["bypassing it", asking("Hello", { cache: "bypass" })],
  ])("does not answer %s", async (_, other) => {
    const synthesizer = speechOf(100);
    const { speak } = speakingWith(synthesizer);
    await speak(SPEAKER, asking("Hello"), never());

    const spoken = await speak(SPEAKER, other, never());

    expect(spoken.cache).not.toBe("hit");
    expect(synthesizer.requests).toHaveLength(2);
  });

  it("forgets after its retention", async () => {
    const synthesizer = speechOf(100);
    const { speak, clock } = speakingWith(synthesizer);
    await (
      await speak(SPEAKER, asking("Hello"), never())
    ).kept;
    clock.advance(31 * 86_400);

    await speak(SPEAKER, asking("Hello"), never());

    expect(synthesizer.requests).toHaveLength(2);
  });

  it("goes on with the run for those who stay when one listener leaves", async () => {
    const synthesizer = recordingSynthesizer(() => Array.from({ length: 50 }, () => silence(10)));
    const { speakStream } = speakingWith(synthesizer);
    const leaver = new AbortController();
    const left = await speakStream(SPEAKER, asking("Hello"), leaver.signal);
    const stays = await speakStream(SPEAKER, asking("Hello"), never());

    leaver.abort(new Error("gone"));

    await expect(drained(left.events)).rejects.toThrow("gone");
    expect(await drained(stays.events)).toBeGreaterThan(50);
    expect(synthesizer.requests).toHaveLength(1);
  });

  it("ends the upstream call when the last listener leaves, and the next request begins anew", async () => {
    const synthesizer = recordingSynthesizer(() => Array.from({ length: 5_000 }, () => silence(1)));
    const { speakStream } = speakingWith(synthesizer);
    const leaver = new AbortController();
    await speakStream(SPEAKER, asking("Hello"), leaver.signal);

    leaver.abort(new Error("gone"));
    const again = await speakStream(SPEAKER, asking("Hello"), never());
    await drained(again.events);

    expect(again.cache).toBe("miss");
    expect(synthesizer.requests).toHaveLength(2);
    expect(synthesizer.hangUps()).toBe(1);
  });

  it("does not keep or hand on a failure", async () => {
    const synthesizer = recordingSynthesizer((_, index) =>
      index === 0 ? [silence(10), new Error("cut")] : [silence(10)],
    );
    const { speak } = speakingWith(synthesizer);

    await expect(speak(SPEAKER, asking("Hello"), never())).rejects.toThrow("cut");
    const second = await speak(SPEAKER, asking("Hello"), never());

    expect(second).toMatchObject({ cache: "miss", durationMs: 10 });
  });

  it("names its blobs by a hash and nothing else", async () => {
    const { speak, blobs } = speakingWith(speechOf(10), { historyDays: 0 });

    await (
      await speak(SPEAKER, asking("Secret words"), never())
    ).kept;

    expect(await blobNames(blobs)).toEqual([expect.stringMatching(/^cache\/[0-9a-f]{64}$/)]);
  });
});

describe("the history", () => {
  it("keeps whole audio, captions and an entry of every synthesis", async () => {
    const { speak, records, blobs } = speakingWith(speechOf(2_000));
    const spoken = await speak(SPEAKER, asking("One two. Three.", { metadata: { project: "x" } }), never());
    await spoken.kept;
    const find = makeFindSynthesis(records);

    const entry = await find(SPEAKER, spoken.id, never());
    const audio = await makeReadSynthesisAudio(find, blobs)(SPEAKER, spoken.id, never());
    const query = { id: spoken.id, format: "vtt" } as const;
    const captions = await makeReadCaptions(find, blobs)(SPEAKER, query, never());

    expect(entry).toMatchObject({
      preview: "One two. Three.",
      durationMs: 2_000,
      metadata: { project: "x" },
      cost: { currency: "USD" },
    });
    expect(new Uint8Array(await new Response(audio.body).arrayBuffer())).toEqual(spoken.audio);
    expect(captions).toContain("One two.\n");
  });

  it("keeps a stream too, and has it when the stream ends", async () => {
    const { speakStream, records } = speakingWith(speechOf(100));

    const { id, events } = await speakStream(SPEAKER, asking("Hello"), never());
    await drained(events);

    expect(await records.read(SPEAKER.id, id)).toMatchObject({ durationMs: 100 });
  });

  it("keeps long streams without holding them in memory", async () => {
    const chunk = { kind: "audio", bytes: new Uint8Array(1024 * 1024) } as const;
    const synthesizer = recordingSynthesizer(() => Array.from({ length: 9 }, () => chunk));
    const { speakStream, records, blobs } = speakingWith(synthesizer);

    const { id, events } = await speakStream(SPEAKER, asking("Hello", { cache: "bypass" }), never());
    await drained(events);

    const find = makeFindSynthesis(records);
    const { sizeBytes } = await makeReadSynthesisAudio(find, blobs)(SPEAKER, id, never());
    expect(sizeBytes).toBe(9 * 1024 * 1024 + 44);
  });

  it("has no entry of a stream that was left", async () => {
    const synthesizer = recordingSynthesizer(() => Array.from({ length: 10 }, () => silence(10)));
    const { speakStream, records, blobs } = speakingWith(synthesizer);

    const { events } = await speakStream(SPEAKER, asking("Hello", { cache: "bypass" }), never());
    for await (const event of events) {
      expect(event).toBeDefined();
      break;
    }

    expect(await records.count({})).toBe(0);
    expect(await blobNames(blobs)).toEqual([]);
  });

  it("leaves no trace of a synthesis with store: false but the counts of usage", async () => {
    const { speak, speakStream, records, usage, blobs } = speakingWith(speechOf(100));
    const request = asking("Not to be kept", { store: false });

    await (
      await speak(SPEAKER, request, never())
    ).kept;
    await drained((await speakStream(SPEAKER, request, never())).events);

    expect(await records.count({})).toBe(0);
    expect(await blobNames(blobs)).toEqual([]);
    const counted = await usage.query({ limit: 10 });
    expect(JSON.stringify(counted)).not.toMatch(/kept|syn_/);
    expect(counted.items).toMatchObject([{ requests: 2 }]);
  });

  it("is the principal's own, filtered by voice, time and text", async () => {
    const { speak, records, clock } = speakingWith(speechOf(10));
    for (const text of ["alpha", "beta"]) {
      await (
        await speak(SPEAKER, asking(text), never())
      ).kept;
      clock.advance(86_400);
    }
    const list = makeListSyntheses(records);
    const previews = async (query: object, principal = SPEAKER) =>
      (await list(principal, { limit: 10, ...query }, never())).items.map(({ preview }) => preview);

    expect(await previews({})).toEqual(["beta", "alpha"]);
    expect(await previews({ q: "ALPH" })).toEqual(["alpha"]);
    expect(await previews({ from: "2026-03-02" })).toEqual(["beta"]);
    expect(await previews({ to: "2026-03-02" })).toEqual(["alpha"]);
    expect(await previews({ voiceId: "other" })).toEqual([]);
    expect(await previews({}, principalWith(["Voice.Admin"], "someone-else"))).toEqual([]);
  });

  it("deletes entry, audio and captions", async () => {
    const { speak, records, blobs } = speakingWith(speechOf(10));
    const { id, kept } = await speak(SPEAKER, asking("Hello", { cache: "bypass" }), never());
    await kept;
    const find = makeFindSynthesis(records);

    await makeDeleteSynthesis(find, records, blobs)(SPEAKER, id, never());

    await expect(find(SPEAKER, id, never())).rejects.toMatchObject({ code: "synthesis-not-found" });
    expect(await blobNames(blobs)).toEqual([]);
  });

  it("loses what is older than its retention, audio included", async () => {
    const { speak, records, blobs, clock } = speakingWith(speechOf(10));
    await (
      await speak(SPEAKER, asking("Hello"), never())
    ).kept;
    clock.advance(31 * 86_400);

    const purged = await makePurgeExpiredAudio(blobs, clock, { history: 30, cache: 30 })(never());

    expect(purged).toBe(3);
    expect(await records.count({})).toBe(0);
    expect(await blobNames(blobs)).toEqual([]);
  });

  it("that cannot be written costs a warning, not the speech", async () => {
    const { speak, blobs, logger } = speakingWith(speechOf(10));
    blobs.failure = new Error("store down");

    const spoken = await speak(SPEAKER, asking("Hello"), never());

    expect(spoken.durationMs).toBe(10);
    expect(await spoken.kept).toMatchObject([{ code: "history-not-stored" }]);
    expect(JSON.stringify(logger.lines)).not.toContain("Hello");
  });
});

describe("usage", () => {
  it("sums up exactly what many requests at once used", async () => {
    const { speak, usage } = speakingWith(speechOf(100));

    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) => speak(SPEAKER, asking(`Text ${index + 10}`), never())),
    );
    await Promise.all(all.map(({ kept }) => kept));
    const query = { from: "2026-03-01", to: "2026-03-01", groupBy: ["day", "voice"] } as const;
    const report = await makeReadUsage(usage)(SPEAKER, query, never());

    expect(report.total).toMatchObject({ requests: 40, characters: 280, durationMs: 4_000 });
    expect(report.rows).toMatchObject([{ day: "2026-03-01", voiceId: "en-US-AvaMultilingualNeural" }]);
  });

  it("counts what was asked of the service also when nobody heard the end", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10), new Error("cut")]);
    const { speak, usage } = speakingWith(synthesizer);

    await speak(SPEAKER, asking("Hello"), never()).catch(() => undefined);

    expect((await usage.query({ limit: 1 })).items).toMatchObject([{ requests: 1, charactersBilled: 5 }]);
  });

  it("of others is for administrators", async () => {
    const { speak, usage } = speakingWith(speechOf(100));
    await (
      await speak(SPEAKER, asking("Hello"), never())
    ).kept;
    const read = makeReadUsage(usage);
    const query = {
      from: "2026-03-01",
      to: "2026-03-02",
      groupBy: ["principal"],
      principalId: "all",
    } as const;

    const ofAll = await read(principalWith(["Voice.Admin"]), query, never());

    expect(ofAll.rows).toMatchObject([{ principalId: SPEAKER.id, requests: 1 }]);
    await expect(read(principalWith(["Voice.User"]), query, never())).rejects.toMatchObject({
      code: "permission-denied",
    });
  });
});
