import type { SpeechState } from "../speech-state.ts";
import { ownerOf } from "./collections.ts";
import type { Collections } from "./collections.ts";

/** What synthesis asks of the custom voices of this resource. */
export function speechStateOf({ personalvoices, models, endpoints, speakers }: Collections): SpeechState {
  return {
    profile(speakerProfileId) {
      const [voice] = personalvoices.list({ property: "speakerProfileId", value: speakerProfileId });
      return (
        voice && { status: voice.status, speaker: speakers.get(ownerOf("personalvoices", voice.id))?.speaker }
      );
    },
    endpoint(deploymentId) {
      const endpoint = endpoints.get(deploymentId);
      const model = endpoint && models.get(endpoint.modelId);
      return (
        endpoint &&
        model && {
          status: endpoint.status,
          voiceName: model.voiceName,
          speaker: speakers.get(ownerOf("models", model.id))?.speaker,
        }
      );
    },
  };
}
