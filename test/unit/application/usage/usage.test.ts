import { describe, expect, it } from "vitest";
import { makeReadUsage } from "../../../../src/application/usage/read-usage.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { principalWith } from "../../../support/principals.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const speechOf = (durationMs: number) => recordingSynthesizer(() => [silence(durationMs)]);

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
