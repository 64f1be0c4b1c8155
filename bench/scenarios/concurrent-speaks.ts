import type { Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { VOICE } from "./speech-contenders.ts";

const CALLERS = 200;
const ROUNDS = 4;

/** All at once, before a service that takes 50 ms. */
export const concurrentSpeaks: Scenario = {
  name: "concurrent-speaks",
  run: async (context) => {
    const user = await context.stubbedUser();
    const speak = async (round: number, caller: number): Promise<number> => {
      const text = `Round ${round}, caller ${caller}.`;
      const request = { text, voice: VOICE, format: "pcm", cache: "bypass", store: false };
      return (await user.post("/api/v1/synthesis/speak", request)).wholeMs;
    };
    await speak(0, 0);
    const times: number[] = [];
    const rates: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const startedMs = performance.now();
      times.push(
        ...(await Promise.all(Array.from({ length: CALLERS }, (_, caller) => speak(round, caller)))),
      );
      rates.push((CALLERS * 1000) / (performance.now() - startedMs));
    }
    return [
      { what: `${CALLERS} speaks at once, each`, unit: "ms", statistics: statisticsOf(times) },
      { what: "answers", unit: "per second", statistics: statisticsOf(rates) },
    ];
  },
};
