import type { ApiUser } from "../harness/api-user.ts";
import type { BenchContext } from "../harness/bench-context.ts";
import { compare } from "../harness/compare.ts";
import { fill } from "../harness/documents.ts";
import type { Contender } from "../harness/interleave.ts";
import type { Scenario } from "../harness/scenario.ts";
import { VOICES } from "../../src/application/voices/voice-ref.ts";
import { voiceWith } from "../../test/support/voices/voice-fixtures.ts";

const FEW = 100;
const MANY = 100_000;
const START_MS = Date.parse("2026-01-01T00:00:00Z");

/** One voice and a page of twenty, for an owner of few and for an owner of very many. */
export const voices: Scenario = {
  name: "voices",
  run: async (context) => {
    const few = await ownerOf(context, FEW);
    const many = await ownerOf(context, MANY);
    return compare({
      contenders: [asContender("100 voices", few), asContender("100,000 voices", many)],
      rounds: { warmUp: 10, rounds: 100, limitMs: 30_000 },
    });
  },
};

async function ownerOf(context: BenchContext, count: number): Promise<ApiUser> {
  const user = await context.user(`owner-of-${count}`);
  const document = (index: number) => {
    const createdAt = new Date(START_MS + index * 1000).toISOString();
    return voiceWith({ id: `voice_${index}`, partition: user.id, name: `Voice ${index}`, createdAt });
  };
  await fill(await context.stack(), { definition: VOICES, partition: user.id, count, document });
  return user;
}

function asContender(name: string, user: ApiUser): Contender {
  return {
    name,
    run: async () => ({
      get: (await user.get("/api/v1/voices/voice_42")).wholeMs,
      list: (await user.get("/api/v1/voices?limit=20")).wholeMs,
    }),
  };
}
