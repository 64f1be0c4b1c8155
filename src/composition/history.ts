import { makeDeleteSynthesis } from "../application/history/delete-synthesis.ts";
import { makeFindSynthesis } from "../application/history/find-synthesis.ts";
import { makeListSyntheses } from "../application/history/list-syntheses.ts";
import { makeReadCaptions } from "../application/history/read-captions.ts";
import { makeReadSynthesisAudio } from "../application/history/read-synthesis-audio.ts";
import type { SynthesisRecord } from "../application/history/synthesis-record.ts";
import { makeReadUsage } from "../application/usage/read-usage.ts";
import type { UsageRecord } from "../application/usage/usage-record.ts";
import { deleteSynthesisRoute } from "../http/history/delete-synthesis.ts";
import { getSynthesisRoute } from "../http/history/get-synthesis.ts";
import { getSynthesisAudioRoute } from "../http/history/get-synthesis-audio.ts";
import { getSynthesisCaptionsRoute } from "../http/history/get-synthesis-captions.ts";
import { listSynthesesRoute } from "../http/history/list-syntheses.ts";
import type { Route } from "../http/route.ts";
import { getUsageRoute } from "../http/usage/get-usage.ts";
import type { Foundation } from "./foundation.ts";
import { SYNTHESES, USAGE } from "./synthesis-collections.ts";

/** What was spoken, and how much. */
export function historyRoutes(foundation: Foundation): readonly Route[] {
  const { config, blobs, clock, database } = foundation;
  const records = foundation.audited<SynthesisRecord>(SYNTHESES);
  const find = makeFindSynthesis(records);
  const readUsage = makeReadUsage(database.collection<UsageRecord>(USAGE));
  return [
    listSynthesesRoute(makeListSyntheses(records)),
    getSynthesisRoute(find),
    getSynthesisAudioRoute(makeReadSynthesisAudio(find, blobs)),
    getSynthesisCaptionsRoute(makeReadCaptions(find, blobs)),
    deleteSynthesisRoute(makeDeleteSynthesis(find, records, blobs)),
    getUsageRoute(readUsage, { clock, currency: config.PRICE_TABLE.currency }),
  ];
}
