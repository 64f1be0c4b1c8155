import { describe, expect, it } from "vitest";
import type { BlobReadOptions } from "../../../../src/application/ports/blobs.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, audioBlobNames, drained, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const speechOf = (durationMs: number) => recordingSynthesizer(() => [silence(durationMs)]);

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

  it("remembers no run whose last listener leaves before the cache has answered", async () => {
    const { speakStream, source, blobs } = speakingWith(speechOf(100));
    const asked = Promise.withResolvers<void>();
    blobs.read = (_ref, { signal }: BlobReadOptions) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        asked.resolve();
      });
    const leaver = new AbortController();

    const opening = speakStream(SPEAKER, asking("Hello"), leaver.signal);
    await asked.promise;
    leaver.abort(new Error("gone"));

    await expect(opening).rejects.toThrow("gone");
    await expect.poll(() => source.runCount).toBe(0);
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

    expect(await audioBlobNames(blobs)).toEqual([expect.stringMatching(/^cache\/[0-9a-f]{64}$/)]);
  });
});
