import { decodingRecordingInspector } from "../adapters/audio/decoding-recording-inspector.ts";
import { azureCustomVoiceService } from "../adapters/azure-speech/custom-voice/azure-custom-voice-service.ts";
import { customVoiceClient } from "../adapters/azure-speech/custom-voice/custom-voice-client.ts";
import { azureVoiceCatalog } from "../adapters/azure-speech/voices-list/azure-voice-catalog.ts";
import { CachedCatalog } from "../application/catalog/cached-catalog.ts";
import { CONSENTS } from "../application/consents/consent-collection.ts";
import { makeFindConsent } from "../application/consents/find-consent.ts";
import { makeListConsents } from "../application/consents/list-consents.ts";
import { makeRecordConsent } from "../application/consents/record-consent.ts";
import { makeRevocationActivities } from "../application/consents/revocation-activities.ts";
import { makeRevokeConsent } from "../application/consents/revoke-consent.ts";
import type { Activities } from "../application/ports/activities.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { makeAzureTrainingActivities } from "../application/voices/azure-training-activities.ts";
import { makeDeleteVoice } from "../application/voices/delete-voice.ts";
import { makeGetVoice } from "../application/voices/get-voice.ts";
import { makeListVoices } from "../application/voices/list-voices.ts";
import { makeRemovalActivities } from "../application/voices/removal-activities.ts";
import { makeVoiceResolver } from "../application/voices/resolve-voice.ts";
import { makeStageActivities } from "../application/voices/stage-activities.ts";
import { makeTrainVoice } from "../application/voices/train-voice.ts";
import { VOICES } from "../application/voices/voice-ref.ts";
import type { Consent } from "../domain/voice/consent.ts";
import type { Voice } from "../domain/voice/voice.ts";
import { composeConsentStatementRoute } from "../http/consents/compose-consent-statement.ts";
import { createConsentRoute } from "../http/consents/create-consent.ts";
import { getConsentRoute } from "../http/consents/get-consent.ts";
import { listConsentsRoute } from "../http/consents/list-consents.ts";
import { revokeConsentRoute } from "../http/consents/revoke-consent.ts";
import type { Route } from "../http/route.ts";
import { deleteVoiceRoute } from "../http/voices/delete-voice.ts";
import { getVoiceRoute } from "../http/voices/get-voice.ts";
import { listVoicesRoute } from "../http/voices/list-voices.ts";
import { trainVoiceRoute } from "../http/voices/train-voice.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";

export interface VoicesPart {
  readonly routes: readonly Route[];
  readonly activities: Activities;
  readonly resolver: VoiceResolver;
}

/** Voices, consents and the catalog of prebuilt voices. */
export function composeVoices(foundation: Foundation, access: SpeechAccess): VoicesPart {
  const { clock, logger, config } = foundation;
  const voices = foundation.audited<Voice>(VOICES);
  const consents = foundation.audited<Consent>(CONSENTS);
  const catalog = new CachedCatalog({
    source: azureVoiceCatalog({ host: access.connection.standardUrl, credential: access.regionalHeader }),
    clock,
    logger,
  });
  const customVoice = azureCustomVoiceService(
    customVoiceClient({ endpoint: access.customVoiceEndpoint, credential: access.resourceHeader }),
  );
  const findConsent = makeFindConsent(consents);
  const ports = {
    ...foundation,
    voices,
    consents,
    customVoice,
    findConsent,
    inspector: decodingRecordingInspector,
  };
  const pollIntervalSeconds = config.VOICE_POLL_INTERVAL_SECONDS;
  return {
    routes: [
      trainVoiceRoute(makeTrainVoice({ ...ports, pollIntervalSeconds })),
      listVoicesRoute(makeListVoices(voices)),
      getVoiceRoute(makeGetVoice(voices)),
      deleteVoiceRoute(makeDeleteVoice(ports)),
      composeConsentStatementRoute(),
      createConsentRoute(makeRecordConsent(ports)),
      listConsentsRoute(makeListConsents(consents)),
      getConsentRoute(findConsent),
      revokeConsentRoute(makeRevokeConsent(ports)),
    ],
    activities: {
      ...makeStageActivities(ports),
      ...makeAzureTrainingActivities(ports),
      ...makeRemovalActivities(ports),
      ...makeRevocationActivities(ports),
    },
    resolver: makeVoiceResolver({ voices, consents, catalog, clock }),
  };
}
