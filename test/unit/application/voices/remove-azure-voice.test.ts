import { describe, expect, it } from "vitest";
import type { AzureLeftovers } from "../../../../src/domain/voice/voice.ts";
import { changeAfterRead } from "../../../support/change-after-read.ts";
import { voiceWorld } from "../../../support/voices/voice-world.ts";

const REF = { voiceId: "voice_1", ownerId: "user-1" };

describe("the mark of what a voice has left in Azure", () => {
  it.each<{ marked: AzureLeftovers; scope: AzureLeftovers; left: AzureLeftovers | null }>([
    { marked: "endpoint", scope: "endpoint", left: null },
    { marked: "endpoint", scope: "everything", left: null },
    { marked: "everything", scope: "everything", left: null },
    { marked: "everything", scope: "endpoint", left: "everything" },
  ])("$marked is $left once $scope is removed", async ({ marked, scope, left }) => {
    const { activities, voice } = await voiceWorld("professional", { leftInAzure: marked });

    await activities.removeAzureVoice({ ...REF, scope });

    expect(await voice()).toMatchObject({ leftInAzure: left });
  });

  it("stays when more is marked while the endpoint is removed", async () => {
    const { activities, voices, rewrite, voice } = await voiceWorld("professional", {
      leftInAzure: "endpoint",
    });
    changeAfterRead(voices, async () => rewrite({ leftInAzure: "everything" }));

    await activities.removeAzureVoice({ ...REF, scope: "endpoint" });

    expect(await voice()).toMatchObject({ leftInAzure: "everything" });
  });

  it("is not asked for of a voice that is gone", async () => {
    const { activities, voices, azure } = await voiceWorld("professional");
    await voices.delete(REF.ownerId, REF.voiceId);

    await activities.removeAzureVoice({ ...REF, scope: "everything" });

    expect(azure.removals()).toContain("deleteModel");
  });
});
