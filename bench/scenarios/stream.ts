import { compare } from "../harness/compare.ts";
import type { Scenario } from "../harness/scenario.ts";
import { speechContenders } from "./speech-contenders.ts";

/** A sentence, answered while it is being made. */
export const stream: Scenario = {
  name: "stream",
  run: async (context) =>
    compare({
      contenders: await speechContenders(context, "/api/v1/synthesis/speak/stream"),
      rounds: { warmUp: 20, rounds: 150, limitMs: 45_000 },
      goalsOverMs: { "API, nothing kept": { "first byte": 3 }, "API, cached and kept": { "first byte": 3 } },
    }),
};
