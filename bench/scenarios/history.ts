import { z } from "zod";
import type { ApiUser } from "../harness/api-user.ts";
import { compare } from "../harness/compare.ts";
import { fill } from "../harness/documents.ts";
import type { Scenario } from "../harness/scenario.ts";
import { SYNTHESES } from "../../src/composition/synthesis-collections.ts";
import type { SynthesisRecord } from "../../src/application/history/synthesis-record.ts";

const PAGE = 20;
const LAST_PAGE = 500;
const START_MS = Date.parse("2026-01-01T00:00:00Z");
const pageSchema = z.object({ nextCursor: z.string() });

/** Pages are found by where the one before ended, so that the last costs what the first does. */
export const history: Scenario = {
  name: "history",
  run: async (context) => {
    const user = await context.user("historian");
    const document = (index: number) => recordOf(user.id, index);
    const count = (LAST_PAGE + 1) * PAGE;
    await fill(await context.stack(), { definition: SYNTHESES, partition: user.id, count, document });
    const first = `/api/v1/synthesis/history?limit=${PAGE}`;
    const last = `${first}&cursor=${encodeURIComponent(await cursorOf(user, first))}`;
    return compare({
      contenders: [
        { name: "page 1", run: async () => ({ list: (await user.get(first)).wholeMs }) },
        { name: `page ${LAST_PAGE}`, run: async () => ({ list: (await user.get(last)).wholeMs }) },
      ],
      rounds: { warmUp: 10, rounds: 100, limitMs: 30_000 },
    });
  },
};

/** Of the last page, found page by page as a client finds it. */
async function cursorOf(user: ApiUser, first: string): Promise<string> {
  let cursor = "";
  for (let page = 1; page < LAST_PAGE; page += 1) {
    const path = cursor === "" ? first : `${first}&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await user.get(path);
    cursor = pageSchema.parse(JSON.parse(body.toString())).nextCursor;
  }
  return cursor;
}

function recordOf(partition: string, index: number): SynthesisRecord {
  return {
    id: `syn_${index}`,
    partition,
    createdAt: new Date(START_MS + index * 1000).toISOString(),
    voiceId: "en-US-AvaMultilingualNeural",
    locale: "en-US",
    format: "audio-24khz-96kbitrate-mono-mp3",
    contentType: "audio/mpeg",
    extension: "mp3",
    sizeBytes: 20_000,
    durationMs: 1_700,
    characters: 40,
    charactersBilled: 40,
    cost: null,
    preview: "The library opens at nine, and closes at five.",
    cache: "miss",
    timingSource: "estimated",
    translatedTo: null,
    metadata: {},
  };
}
