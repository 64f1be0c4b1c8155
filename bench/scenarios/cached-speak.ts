import { compare } from "../harness/compare.ts";
import type { Scenario } from "../harness/scenario.ts";
import { VOICE } from "./speech-contenders.ts";

const REQUEST = { voice: VOICE, format: "mp3", store: false };

/** A sentence that was spoken before, against one that was not. */
export const cachedSpeak: Scenario = {
  name: "cached-speak",
  run: async (context) => {
    const user = await context.user();
    let texts = 0;
    const timed = async (text: string) => {
      const { wholeMs } = await user.post("/api/v1/synthesis/speak", { ...REQUEST, text });
      return { whole: wholeMs };
    };
    await user.post("/api/v1/synthesis/speak", { ...REQUEST, text: "Known words.", store: true });
    return compare({
      contenders: [
        { name: "not yet spoken", run: () => timed(`New words, number ${(texts += 1)}.`) },
        { name: "from the cache", run: () => timed("Known words.") },
      ],
      rounds: { warmUp: 10, rounds: 80, limitMs: 30_000 },
    });
  },
};
