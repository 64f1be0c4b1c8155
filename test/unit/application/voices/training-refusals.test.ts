import { describe, expect, it } from "vitest";
import {
  type ChangeTraining,
  type ChangeTrainingPorts,
  makeCancelTraining,
  makeResumeVoice,
  makeRetryTraining,
  makeSuspendVoice,
} from "../../../../src/application/voices/change-training.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { principalWith } from "../../../support/principals.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

async function refusalOf(
  make: (ports: ChangeTrainingPorts) => ChangeTraining,
  fields: Partial<Voice>,
): Promise<unknown> {
  const voice = voiceWith(fields);
  const { voices, shared } = await memoryVoices(voice);
  const orchestrations = new RecordingOrchestrations();
  const change = make({ voices, shared, orchestrations, clock: new ManualClock(), pollIntervalSeconds: 2 });
  return change(principalWith(["Voice.Trainer"], voice.partition), voice.id).then(
    () => "was not refused",
    (error: unknown) => error,
  );
}

const deployed = { kind: "professional", deploymentId: "deployment-1" } as const;

describe("a voice that is told what its status does not allow", () => {
  it.each<{ verb: string; make: typeof makeRetryTraining; fields: Partial<Voice>; message: string }>([
    {
      verb: "retry",
      make: makeRetryTraining,
      fields: { status: "ready" },
      message: "ready cannot be trained again, only one that is failed or canceled.",
    },
    {
      verb: "suspend",
      make: makeSuspendVoice,
      fields: { ...deployed, status: "suspended" },
      message: "suspended cannot be suspended, only one that is ready.",
    },
    {
      verb: "resume",
      make: makeResumeVoice,
      fields: { ...deployed, status: "ready" },
      message: "ready cannot be resumed, only one that is suspended.",
    },
    {
      verb: "cancel",
      make: makeCancelTraining,
      fields: { status: "ready" },
      message: "ready cannot be canceled, only one that is pending or",
    },
  ])("says what was asked and when it may be asked: $verb", async ({ make, fields, message }) => {
    expect(await refusalOf(make, fields)).toMatchObject({
      code: "voice-state-conflict",
      message: expect.stringContaining(`A voice that is ${message}`),
    });
  });

  it.each([
    ["suspended", makeSuspendVoice],
    ["resumed", makeResumeVoice],
  ] as const)("says that only deployed voices can be %s", async (verb, make) => {
    expect(await refusalOf(make, { status: "ready", deploymentId: null })).toMatchObject({
      message: `Only a deployed professional voice can be ${verb}.`,
    });
  });
});
