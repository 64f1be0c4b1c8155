import { becomeFailed, becomeReady, enterStage, type Voice, withStatus } from "../../domain/voice/voice.ts";
import type { StageActivities } from "../ports/activities.ts";
import type { Clock } from "../ports/clock.ts";
import { updateVoice, type VoiceCollection } from "./voice-ref.ts";

export interface StageActivityPorts {
  readonly voices: VoiceCollection;
  readonly clock: Clock;
}

const DONE = {};

/** Activities that write the voice document; a voice that is being deleted is left alone. */
export function makeStageActivities({ voices, clock }: StageActivityPorts): StageActivities {
  return {
    async enterVoiceStage({ stage, ...ref }) {
      await updateVoice(voices, ref, (voice) =>
        voice.status === "deleting" ? undefined : enterStage(voice, stage, clock.now()),
      );
      return DONE;
    },

    async finishVoiceTraining({ handle, ...ref }) {
      await updateVoice(voices, ref, (voice) =>
        isEnding(voice) ? undefined : becomeReady(voice, handle, clock.now()),
      );
      return DONE;
    },

    async endVoiceTraining({ outcome, failure, ...ref }) {
      await updateVoice(voices, ref, (voice) => {
        if (voice.status === "deleting") {
          return undefined;
        }
        return failure === null
          ? withStatus(voice, outcome, clock.now())
          : becomeFailed(voice, failure, clock.now());
      });
      return DONE;
    },

    async finishVoiceChange({ status, ...ref }) {
      await updateVoice(voices, ref, (voice) =>
        isEnding(voice) ? undefined : withStatus(voice, status, clock.now()),
      );
      return DONE;
    },
  };
}

/** Somebody has asked for an end that nothing may undo. */
function isEnding({ status }: Voice): boolean {
  return status === "deleting" || status === "canceling";
}
