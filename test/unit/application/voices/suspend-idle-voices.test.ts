import { describe, expect, it } from "vitest";
import { makeSuspendIdleVoices } from "../../../../src/application/voices/suspend-idle-voices.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { tendedVoice } from "../../../support/voices/tended-voices.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const IDLE = {
  kind: "professional",
  deploymentId: "d1",
  lastUsedAt: "2026-11-22T12:00:00.000Z",
} as const;
const IN_TIME = "2026-11-22T12:45:00.000Z";
const IDLE_SUSPEND_MINUTES = 30;

type Tended = Awaited<ReturnType<typeof tendedVoice>>;

function suspendIdle({ ports }: Tended, idleSuspendMinutes = IDLE_SUSPEND_MINUTES) {
  return makeSuspendIdleVoices({ ...ports, idleSuspendMinutes })();
}

describe("suspending idle voices", () => {
  it("suspends a deployed voice that nobody spoke with for too long", async () => {
    const tended = await tendedVoice(voiceWith(IDLE));

    expect(await suspendIdle(tended)).toEqual({ suspended: 1 });
    expect(await tended.stored()).toBe("suspending");
    expect(tended.orchestrations.started).toMatchObject([{ name: "suspendVoiceOrchestration" }]);
  });

  it.each<[string, Partial<Voice>]>([
    ["that was used in time", { ...IDLE, lastUsedAt: IN_TIME }],
    ["that became ready, or was resumed, in time", { ...IDLE, updatedAt: IN_TIME }],
    ["that is personal", {}],
    ["that is suspended", { ...IDLE, status: "suspended" }],
  ])("leaves alone a voice %s", async (_which, changes) => {
    const tended = await tendedVoice(voiceWith(changes));

    expect(await suspendIdle(tended)).toEqual({ suspended: 0 });
    expect(tended.orchestrations.started).toEqual([]);
  });

  it("does nothing when it is switched off", async () => {
    expect(await suspendIdle(await tendedVoice(voiceWith(IDLE)), 0)).toEqual({ suspended: 0 });
  });

  it.each<[string, Partial<Voice>]>([
    ["used", { lastUsedAt: IN_TIME }],
    ["deleted", { status: "deleting" }],
  ])("leaves alone a voice that is %s while it is looked at", async (_what, changes) => {
    const tended = await tendedVoice(voiceWith(IDLE));
    const { voices } = tended.ports;
    const read = voices.read.bind(voices);
    voices.read = async (partition, id) => {
      voices.read = read;
      await voices.upsert(voiceWith({ ...IDLE, ...changes }));
      return read(partition, id);
    };

    expect(await suspendIdle(tended)).toEqual({ suspended: 0 });
    expect(tended.orchestrations.started).toEqual([]);
  });

  it("finds every one of more voices than fit on a page, and goes on when one cannot be suspended", async () => {
    const tended = await tendedVoice(voiceWith(IDLE));
    const { voices } = tended.ports;
    for (let index = 2; index <= 120; index += 1) {
      await voices.create(voiceWith({ ...IDLE, id: `voice_${index}` }));
    }
    const read = voices.read.bind(voices);
    voices.read = async (partition, id) => {
      if (id === "voice_60") {
        throw new ServiceError("store-unavailable", "No answer.");
      }
      return read(partition, id);
    };

    expect(await suspendIdle(tended)).toEqual({ suspended: 119 });
    expect(tended.ports.logger.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});
