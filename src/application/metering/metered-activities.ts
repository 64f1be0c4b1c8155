import type { Activities } from "../ports/activities.ts";
import type { Metrics } from "../ports/metrics.ts";

/** The same activities; counts how trainings end. */
export function meteredActivities(activities: Activities, metrics: Metrics): Activities {
  const count = (outcome: "succeeded" | "failed" | "canceled"): void =>
    metrics.count("voice_training_stages_total", { stage: "training", outcome });
  return {
    ...activities,
    async enterVoiceStage(input) {
      const result = await activities.enterVoiceStage(input);
      metrics.count("voice_training_stages_total", { stage: input.stage, outcome: "entered" });
      return result;
    },
    async finishVoiceTraining(input) {
      const result = await activities.finishVoiceTraining(input);
      if (result.isAccepted) {
        count("succeeded");
      }
      return result;
    },
    async endVoiceTraining(input) {
      const result = await activities.endVoiceTraining(input);
      count(input.outcome);
      return result;
    },
  };
}
