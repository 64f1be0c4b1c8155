import { describe, expect, it } from "vitest";
import { makeUpdateVoice } from "../../../../src/application/voices/update-voice.ts";
import { changeAfterRead } from "../../../support/change-after-read.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { principalWith } from "../../../support/principals.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const owner = principalWith(["Voice.Trainer"], "user-1");
const changes = { description: "For the news." };

async function setUp() {
  const { voices, shared, stored } = await memoryVoices(voiceWith());
  const updateVoice = makeUpdateVoice({ voices, shared, clock: new ManualClock() });
  const etag = async () => (await stored.read("user-1", "voice_1"))?.etag;
  const update = async (ifMatch?: string) => updateVoice(owner, { voiceId: "voice_1", changes, ifMatch });
  const useMeanwhile = () =>
    changeAfterRead(stored, async () => stored.upsert(voiceWith({ lastUsedAt: "2026-11-22T12:30:00.000Z" })));
  return { update, etag, useMeanwhile, stored };
}

describe("changing a voice", () => {
  it("without If-Match keeps what others write at the same time, and is not refused for it", async () => {
    const { update, useMeanwhile } = await setUp();
    useMeanwhile();

    expect(await update()).toMatchObject({ ...changes, lastUsedAt: "2026-11-22T12:30:00.000Z" });
  });

  it("with If-Match is refused when the voice has another ETag, also when that becomes so meanwhile", async () => {
    const { update, etag, useMeanwhile, stored } = await setUp();
    const read = await etag();

    expect(await update(read)).toMatchObject(changes);
    await expect(update(read)).rejects.toMatchObject({ code: "precondition-failed" });

    const current = await etag();
    useMeanwhile();
    await expect(update(current)).rejects.toMatchObject({ code: "precondition-failed" });
    expect(await stored.read("user-1", "voice_1")).toMatchObject({ description: "" });
  });

  it("with If-Match is refused when the store answers with an older version than the client has read", async () => {
    const { update, stored } = await setUp();
    const older = await stored.read("user-1", "voice_1");
    const { etag } = await stored.upsert(voiceWith({ name: "Renamed" }));
    stored.read = async () => older;

    await expect(update(etag)).rejects.toMatchObject({ code: "precondition-failed" });
    expect((await stored.query({ limit: 1 })).items).toMatchObject([{ name: "Renamed", description: "" }]);
  });
});
