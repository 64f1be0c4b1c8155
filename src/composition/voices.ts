import { decodingRecordingInspector } from "../adapters/audio/decoding-recording-inspector.ts";
import { CachedCatalog } from "../application/catalog/cached-catalog.ts";
import { makeListCatalogVoices } from "../application/catalog/list-catalog-voices.ts";
import { makeFindConsent } from "../application/consents/find-consent.ts";
import { makeRevocationActivities } from "../application/consents/revocation-activities.ts";
import type { VoiceActivities } from "../application/ports/activities.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { makePreflightSamples } from "../application/recordings/preflight-samples.ts";
import { makeCreateUpload } from "../application/uploads/create-upload.ts";
import { makeOpenUpload } from "../application/uploads/open-upload.ts";
import { type Upload, UPLOADS } from "../application/uploads/upload.ts";
import {
  makeRemoveExpiredUploads,
  type RemoveExpiredUploadsPorts,
} from "../application/uploads/remove-expired-uploads.ts";
import { makeAzureTrainingActivities } from "../application/voices/azure-training-activities.ts";
import {
  makeCancelTraining,
  makeResumeVoice,
  makeRetryTraining,
  makeSuspendVoice,
} from "../application/voices/change-training.ts";
import { makeDeleteVoice } from "../application/voices/delete-voice.ts";
import { makeGetVoice } from "../application/voices/get-voice.ts";
import { makeListVoices } from "../application/voices/list-voices.ts";
import { makeDeploymentActivities } from "../application/voices/deployment-activities.ts";
import { makeModelActivities } from "../application/voices/model-activities.ts";
import {
  makeReconcileSharedVoices,
  type ReconcileSharedVoicesPorts,
} from "../application/voices/reconcile-shared-voices.ts";
import { makeReconcileVoices, type ReconcileVoicesPorts } from "../application/voices/reconcile-voices.ts";
import { makeRemovalActivities } from "../application/voices/removal-activities.ts";
import { makeVoiceResolver } from "../application/voices/resolve-voice.ts";
import { makeStageActivities } from "../application/voices/stage-activities.ts";
import { makeSuspendIdleVoices } from "../application/voices/suspend-idle-voices.ts";
import { makeTrainVoice } from "../application/voices/train-voice.ts";
import { makeTranscriptionActivities } from "../application/voices/transcription-activities.ts";
import { makeUpdateVoice } from "../application/voices/update-voice.ts";
import type { TimedJob } from "../functions/register-timers.ts";
import { listCatalogVoicesRoute } from "../http/catalog/list-catalog-voices.ts";
import type { Route } from "../http/route.ts";
import { createUploadRoute } from "../http/uploads/create-upload.ts";
import {
  cancelTrainingRoute,
  resumeVoiceRoute,
  retryTrainingRoute,
  suspendVoiceRoute,
} from "../http/voices/change-training.ts";
import { deleteVoiceRoute } from "../http/voices/delete-voice.ts";
import { getVoiceRoute } from "../http/voices/get-voice.ts";
import { listVoicesRoute } from "../http/voices/list-voices.ts";
import { preflightSamplesRoute } from "../http/voices/preflight-samples.ts";
import { trainVoiceRoute } from "../http/voices/train-voice.ts";
import { updateVoiceRoute } from "../http/voices/update-voice.ts";
import { transcriberOf } from "./transcriber.ts";
import { consentRoutes } from "./consents.ts";
import { customVoiceOf, voicesListOf } from "./custom-voice.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";
import { voiceStoresOf } from "./voice-stores.ts";

export interface VoicesPart {
  readonly routes: readonly Route[];
  readonly activities: VoiceActivities;
  readonly resolver: VoiceResolver;
  readonly timers: readonly TimedJob[];
}

/** Voices, consents and the catalog of prebuilt voices. */
export function composeVoices(foundation: Foundation, access: SpeechAccess): VoicesPart {
  const stores = voiceStoresOf(foundation);
  const catalog = catalogOf(foundation, access);
  const customVoice = customVoiceOf(foundation, access);
  const findConsent = makeFindConsent(stores.consents);
  const uploads = foundation.database.collection<Upload>(UPLOADS);
  const recordings = {
    ...foundation,
    uploads,
    inspector: decodingRecordingInspector,
    transcriber: transcriberOf(foundation),
  };
  const preflight = makePreflightSamples({ ...recordings, openUpload: makeOpenUpload(recordings) });
  const pollIntervalSeconds = foundation.config.VOICE_POLL_INTERVAL_SECONDS;
  const ports = { ...recordings, ...stores, customVoice, findConsent, preflight, pollIntervalSeconds };
  return {
    routes: [
      trainVoiceRoute(makeTrainVoice(ports)),
      preflightSamplesRoute(preflight),
      createUploadRoute(makeCreateUpload(recordings)),
      listVoicesRoute(makeListVoices(stores)),
      getVoiceRoute(makeGetVoice(stores)),
      updateVoiceRoute(makeUpdateVoice(ports)),
      deleteVoiceRoute(makeDeleteVoice(ports)),
      cancelTrainingRoute(makeCancelTraining(ports)),
      retryTrainingRoute(makeRetryTraining(ports)),
      suspendVoiceRoute(makeSuspendVoice(ports)),
      resumeVoiceRoute(makeResumeVoice(ports)),
      listCatalogVoicesRoute(makeListCatalogVoices(catalog)),
      ...consentRoutes(ports),
    ],
    activities: {
      ...makeStageActivities(ports),
      ...makeAzureTrainingActivities(ports),
      ...makeTranscriptionActivities(ports),
      ...makeModelActivities(ports),
      ...makeDeploymentActivities(ports),
      ...makeRemovalActivities(ports),
      ...makeRevocationActivities(ports),
    },
    resolver: makeVoiceResolver({ ...ports, catalog }),
    timers: timersOf(ports, foundation.config.VOICE_IDLE_SUSPEND_MINUTES),
  };
}

function catalogOf(foundation: Foundation, access: SpeechAccess): CachedCatalog {
  return new CachedCatalog({ ...foundation, source: voicesListOf(foundation, access) });
}

function timersOf(
  ports: ReconcileVoicesPorts & ReconcileSharedVoicesPorts & RemoveExpiredUploadsPorts,
  idleSuspendMinutes: number,
): readonly TimedJob[] {
  return [
    { name: "reconcileVoices", schedule: "0 */5 * * * *", run: makeReconcileVoices(ports) },
    { name: "reconcileSharedVoices", schedule: "15 */5 * * * *", run: makeReconcileSharedVoices(ports) },
    {
      name: "suspendIdleVoices",
      schedule: "30 */5 * * * *",
      run: makeSuspendIdleVoices({ ...ports, idleSuspendMinutes }),
    },
    { name: "removeExpiredUploads", schedule: "0 10 * * * *", run: makeRemoveExpiredUploads(ports) },
  ];
}
