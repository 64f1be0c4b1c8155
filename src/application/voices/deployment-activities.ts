import { uuidFromHash } from "../../domain/voice/endpoint-id.ts";
import type { DeploymentActivities } from "../ports/activities.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import type { Hasher } from "../ports/hasher.ts";
import { admitted, progressOf } from "./azure-progress.ts";
import { readProfessional } from "./read-professional.ts";
import type { VoiceCollection, VoiceRef } from "./voice-ref.ts";

export interface DeploymentActivityPorts {
  readonly voices: VoiceCollection;
  readonly customVoice: CustomVoiceService;
  readonly hasher: Hasher;
}

/** Every voice has one endpoint deployment. */
export function endpointIdOf(hasher: Hasher, voiceId: string): string {
  return uuidFromHash(hasher.sha256Hex(`endpoint:${voiceId}`));
}

export function makeDeploymentActivities(ports: DeploymentActivityPorts): DeploymentActivities {
  const { customVoice, hasher } = ports;
  const endpointId = ({ voiceId }: VoiceRef): string => endpointIdOf(hasher, voiceId);
  return {
    async createAzureEndpoint(ref) {
      const { training } = await readProfessional(ports, ref);
      const { voiceId } = ref;
      const deploymentId = endpointId(ref);
      const input = { id: deploymentId, projectId: voiceId, modelId: voiceId, kind: training.endpointKind };
      return { ...(await admitted(() => customVoice.createEndpoint(input))), deploymentId };
    },

    async azureEndpointProgress(ref) {
      const state = await customVoice.endpointState(endpointId(ref));
      return { progress: state.state === "suspended" ? "running" : progressOf(state) };
    },

    async suspendAzureEndpoint(ref) {
      const state = await customVoice.endpointState(endpointId(ref));
      if (state.state === "suspended") {
        return { isAdmitted: true };
      }
      const isAdmitted = progressOf(state) === "succeeded";
      if (isAdmitted) {
        await customVoice.suspendEndpoint(endpointId(ref));
      }
      return { isAdmitted };
    },

    async azureSuspensionProgress(ref) {
      const state = await customVoice.endpointState(endpointId(ref));
      if (state.state === "suspended") {
        return { progress: "succeeded" };
      }
      progressOf(state);
      return { progress: "running" };
    },

    async resumeAzureEndpoint(ref) {
      const state = await customVoice.endpointState(endpointId(ref));
      if (state.state === "suspended") {
        await customVoice.resumeEndpoint(endpointId(ref));
        return { isAdmitted: true };
      }
      return { isAdmitted: progressOf(state) === "succeeded" };
    },
  };
}
