import type { ProfessionalTraining, Voice } from "../../domain/voice/voice.ts";
import type { ModelActivities } from "../ports/activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import { admitted, progressOf } from "./azure-progress.ts";
import { readProfessional } from "./read-professional.ts";
import { updateVoice, type VoiceCollection } from "./voice-ref.ts";

export interface ModelActivityPorts {
  readonly voices: VoiceCollection;
  readonly blobs: BlobStore;
  readonly customVoice: CustomVoiceService;
}

const DONE = {};

/** Azure reads a set of some gigabytes within the hour. */
const DATA_LINK_LIFETIME_SECONDS = 6 * 60 * 60;

/** Whatever Azure makes for a voice bears the voice's id, so that a repetition finds it. */
export function makeModelActivities(ports: ModelActivityPorts): ModelActivities {
  const { customVoice, voices } = ports;
  return {
    async createAzureTrainingSet(ref) {
      const { voice, training } = await readProfessional(ports, ref);
      const { voiceId } = ref;
      await customVoice.createTrainingSet({ id: voiceId, projectId: voiceId, locale: training.dataLocale });
      await uploadData(ports, voice, training);
      return DONE;
    },

    azureTrainingSetProgress: async ({ voiceId }) => ({
      progress: progressOf(await customVoice.trainingSetState(voiceId)),
    }),

    async createAzureModel(ref) {
      const { voice, training } = await readProfessional(ports, ref);
      const { voiceId: id } = ref;
      const { recipe, presetStyles, modelVoiceName: voiceName } = training;
      return admitted(() =>
        customVoice.createModel({
          id,
          projectId: id,
          consentId: id,
          trainingSetId: id,
          voiceName,
          recipe,
          presetStyles,
          locale: voice.locale,
        }),
      );
    },

    async azureModelProgress({ voiceId, ownerId }) {
      const state = await customVoice.modelState(voiceId);
      const progress = progressOf(state);
      if (progress === "succeeded") {
        await updateVoice(voices, { voiceId, ownerId }, (voice) =>
          withLocales(voice, state.secondaryLocales),
        );
      }
      return { progress };
    },
  };
}

/** @returns undefined when the voice has them already. */
function withLocales(voice: Voice, secondaryLocales: readonly string[]): Voice | undefined {
  const { professional } = voice;
  return professional === null || (professional.secondaryLocales ?? []).join() === secondaryLocales.join()
    ? undefined
    : { ...voice, professional: { ...professional, secondaryLocales } };
}

async function uploadData(
  { blobs, customVoice }: ModelActivityPorts,
  voice: Voice,
  training: ProfessionalTraining,
): Promise<void> {
  const [audio, scripts] = await Promise.all([
    blobs.containerLink(voice.samples.container, DATA_LINK_LIFETIME_SECONDS),
    blobs.containerLink("samples", DATA_LINK_LIFETIME_SECONDS),
  ]);
  await customVoice.uploadTrainingData({
    trainingSetId: voice.id,
    audio: { containerUrl: audio.url, prefix: voice.samples.prefix },
    scripts: { containerUrl: scripts.url, prefix: training.transcriptBlob },
  });
}
