import { compare } from "../harness/compare.ts";
import type { Scenario } from "../harness/scenario.ts";
import { speechContenders } from "./speech-contenders.ts";

/** A sentence, answered whole: the length of the audio stands in a header, so nothing leaves before it is known. */
export const speak: Scenario = {
  name: "speak",
  run: async (context) =>
    compare({
      contenders: await speechContenders(context, "/api/v1/synthesis/speak"),
      rounds: { warmUp: 20, rounds: 150, limitMs: 45_000 },
      goalsOverMs: { "API, nothing kept": { whole: 3 }, "API, cached and kept": { whole: 3 } },
    }),
};
