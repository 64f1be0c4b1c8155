import type { OrchestrationHandler } from "durable-functions";
import { IDEMPOTENCY_RECORDS, type IdempotencyRecord } from "./application/idempotency/idempotency-record.ts";
import type { Activities } from "./application/ports/activities.ts";
import { meteredActivities } from "./application/metering/metered-activities.ts";
import { tracedActivities } from "./application/tracing/traced-activities.ts";
import { auditRoutes } from "./composition/audit.ts";
import { composeBatches } from "./composition/batches.ts";
import { composeLexicon } from "./composition/lexicon.ts";
import { composePipeline } from "./composition/pipeline.ts";
import { type Foundation, layFoundation } from "./composition/foundation.ts";
import { orphanTimer } from "./composition/orphans.ts";
import { speechAccess } from "./composition/speech-access.ts";
import { composeService } from "./composition/service.ts";
import { composeSynthesis } from "./composition/synthesis.ts";
import { composeVoices } from "./composition/voices.ts";
import type { Config } from "./config.ts";
import type { DropFolder } from "./functions/register-drop-folder.ts";
import type { InvocationScope } from "./functions/invocation-scope.ts";
import type { TimedJob } from "./functions/register-timers.ts";
import { fallbackRoute } from "./http/fallback-route.ts";
import { idempotent } from "./http/idempotent.ts";
import type { Answer } from "./http/pipeline.ts";
import type { Route } from "./http/route.ts";
import { resumeVoiceOrchestration, suspendVoiceOrchestration } from "./orchestrations/change-voice.ts";
import { deleteVoiceOrchestration } from "./orchestrations/delete-voice.ts";
import { cleanVoiceOrchestration } from "./orchestrations/remove-from-azure.ts";
import { revokeConsentOrchestration } from "./orchestrations/revoke-consent.ts";
import { trainVoiceOrchestration } from "./orchestrations/train-voice.ts";
import type { Logger } from "./application/ports/logger.ts";

/** The app, ready to be registered with a Functions host. */
export interface App {
  readonly routes: readonly Route[];
  readonly answer: Answer;
  readonly orchestrations: Readonly<Record<string, OrchestrationHandler>>;
  readonly activities: Activities;
  readonly timers: readonly TimedJob[];
  readonly dropFolder: DropFolder;
  readonly within: InvocationScope;
  readonly logger: Logger;
}

/** Decides which adapter stands behind which port; `composition/` has one file per noun. */
export function compose(config: Config): App {
  const foundation = layFoundation(config);
  const access = speechAccess(foundation);
  const voices = composeVoices(foundation, access);
  const lexicon = composeLexicon(foundation, voices.resolver);
  const synthesis = composeSynthesis(foundation, access, { voices: voices.resolver, lookup: lexicon.lookup });
  const batches = composeBatches(foundation, access, synthesis);
  const api = withIdempotency(foundation, [
    ...voices.routes,
    ...lexicon.routes,
    ...synthesis.routes,
    ...batches.routes,
    ...auditRoutes(foundation),
  ]);
  const routes = [...api, ...composeService(foundation, access, api)];
  return {
    routes: [...routes, fallbackRoute(routes, config.ALLOWED_ORIGINS)],
    answer: composePipeline(foundation),
    orchestrations: {
      trainVoiceOrchestration,
      deleteVoiceOrchestration,
      cleanVoiceOrchestration,
      revokeConsentOrchestration,
      suspendVoiceOrchestration,
      resumeVoiceOrchestration,
      ...batches.orchestrations,
    },
    activities: tracedActivities(
      meteredActivities({ ...voices.activities, ...batches.activities }, foundation.metrics),
      foundation,
    ),
    timers: [...voices.timers, ...synthesis.timers, ...batches.timers, orphanTimer(foundation)],
    dropFolder: batches.dropFolder,
    within: (context, run) => foundation.durable.within(context, run),
    logger: foundation.logger,
  };
}

function withIdempotency(
  { database, hasher, clock }: Foundation,
  routes: readonly Route[],
): readonly Route[] {
  const records = database.collection<IdempotencyRecord>(IDEMPOTENCY_RECORDS);
  return routes.map((route) =>
    route.spec.idempotent === true ? idempotent(route, { records, hasher, clock }) : route,
  );
}
