import { BATCHES } from "../application/batches/batch-ref.ts";
import { CONSENTS } from "../application/consents/consent-collection.ts";
import { makeRemoveOrphans } from "../application/orphans/remove-orphans.ts";
import { type Upload, UPLOADS } from "../application/uploads/upload.ts";
import { VOICES } from "../application/voices/voice-ref.ts";
import type { Batch } from "../domain/batch/batch.ts";
import type { Consent } from "../domain/voice/consent.ts";
import type { Voice } from "../domain/voice/voice.ts";
import type { TimedJob } from "../functions/register-timers.ts";
import type { Foundation } from "./foundation.ts";

/** Once a day, when few people work in Europe and America. */
const SCHEDULE = "0 40 3 * * *";

/** Looks after files whose document does not exist. */
export function orphanTimer(foundation: Foundation): TimedJob {
  const { database } = foundation;
  const run = makeRemoveOrphans({
    ...foundation,
    voices: database.collection<Voice>(VOICES),
    consents: database.collection<Consent>(CONSENTS),
    batches: database.collection<Batch>(BATCHES),
    uploads: database.collection<Upload>(UPLOADS),
  });
  return { name: "removeOrphans", schedule: SCHEDULE, run };
}
