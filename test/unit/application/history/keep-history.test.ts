import { describe, expect, it } from "vitest";
import { makeDeleteSynthesis } from "../../../../src/application/history/delete-synthesis.ts";
import { makeFindSynthesis } from "../../../../src/application/history/find-synthesis.ts";
import { makeListSyntheses } from "../../../../src/application/history/list-syntheses.ts";
import { makePurgeExpiredAudio } from "../../../../src/application/history/purge-expired-audio.ts";
import { makeReadCaptions } from "../../../../src/application/history/read-captions.ts";
import { makeReadSynthesisAudio } from "../../../../src/application/history/read-synthesis-audio.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { principalWith } from "../../../support/principals.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, audioBlobNames, drained, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const speechOf = (durationMs: number) => recordingSynthesizer(() => [silence(durationMs)]);

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
    expect(await audioBlobNames(blobs)).toEqual([]);
  });

  it("leaves no trace of a synthesis with store: false but the counts of usage", async () => {
    const { speak, speakStream, records, usage, blobs } = speakingWith(speechOf(100));
    const request = asking("Not to be kept", { store: false });

    await (
      await speak(SPEAKER, request, never())
    ).kept;
    await drained((await speakStream(SPEAKER, request, never())).events);

    expect(await records.count({})).toBe(0);
    expect(await audioBlobNames(blobs)).toEqual([]);
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
    expect(await audioBlobNames(blobs)).toEqual([]);
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
    expect(await audioBlobNames(blobs)).toEqual([]);
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
