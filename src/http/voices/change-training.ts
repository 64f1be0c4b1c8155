import type { ChangeTraining } from "../../application/voices/change-training.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voicePath } from "./voice-path.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

interface Verb {
  readonly operationId: string;
  readonly path: "cancel" | "retry" | "suspend" | "resume";
  readonly summary: string;
}

const RETRY_AFTER_SECONDS = 2;

export function cancelTrainingRoute(cancel: ChangeTraining): Route {
  return changeRoute({ operationId: "cancelTraining", path: "cancel", summary: "Cancel a training" }, cancel);
}

export function retryTrainingRoute(retry: ChangeTraining): Route {
  const summary = "Train a failed or canceled voice again";
  return changeRoute({ operationId: "retryTraining", path: "retry", summary }, retry);
}

export function suspendVoiceRoute(suspend: ChangeTraining): Route {
  const summary = "Take a professional voice out of service, so that it costs nothing";
  return changeRoute({ operationId: "suspendVoice", path: "suspend", summary }, suspend);
}

export function resumeVoiceRoute(resume: ChangeTraining): Route {
  return changeRoute(
    { operationId: "resumeVoice", path: "resume", summary: "Bring a suspended voice back" },
    resume,
  );
}

function changeRoute({ operationId, path, summary }: Verb, change: ChangeTraining): Route {
  return route(
    {
      operationId,
      method: "POST",
      path: `/api/v1/voices/{voiceId}/${path}`,
      tag: "Voices",
      summary,
      permission: "voices:train",
      limitClass: "training",
      pathSchema: voicePath,
      responses: {
        202: { description: "The voice with its new status", content: { "application/json": voiceSchema } },
      },
    },
    async ({ path: { voiceId } }, { principal }) => {
      const voice = await change(principal, voiceId);
      return jsonResponse(202, voiceBody(voice), {
        location: `/api/v1/voices/${voice.id}`,
        "retry-after": String(RETRY_AFTER_SECONDS),
      });
    },
  );
}
