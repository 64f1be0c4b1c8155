import { describe, expect, it } from "vitest";
import { makeTranscriptionActivities } from "../../../../src/application/voices/transcription-activities.ts";
import { consentWith, PROFESSIONAL } from "../../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../../support/voices/voice-world.ts";

const REF = { voiceId: "voice_1", ownerId: "user-1" };

describe("removing what is stored of a voice", () => {
  it("leaves nothing of its speaker's words but the consent, also where the transcript was generated", async () => {
    const professional = { ...PROFESSIONAL, needsTranscript: true };
    const world = await voiceWorld("professional", { professional });
    const { blobs, voice, activities } = world;
    const transcriber = { usdPerMinute: 0, transcribe: async () => "Good morning." };
    const transcription = makeTranscriptionActivities({ ...world, transcriber });
    const stored = async () =>
      (await blobs.list("samples", { prefix: "", limit: 100 })).items.map(({ name }) => name);

    await transcription.transcribeSamples({ ...REF, cursor: null });
    await transcription.assembleTranscript(REF);
    expect(await stored()).toEqual([
      "user-1/consents/consent_1",
      "user-1/voice_1/audio/a.wav",
      "user-1/voice_1/scripts/transcript.txt",
      "user-1/voice_1/transcribed/a",
    ]);

    await activities.removeStoredVoice(REF);
    expect(await stored()).toEqual([consentWith().recording.blobName]);
    expect(await voice()).toBeUndefined();
  });
});
