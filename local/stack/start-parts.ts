import { startEntra } from "../entra/start-entra.ts";
import { LOCAL_APP_ID_URI } from "../entra/registration.ts";
import { controlHandler } from "../faults/control-handler.ts";
import { createControl, type StandInControl } from "../faults/control.ts";
import { startOpenAi } from "../openai/start-openai.ts";
import { createBatchSynthesis } from "../speech/batch-synthesis/batch-synthesis.ts";
import { speakWithEngine } from "../speech/batch-synthesis/speak-with-engine.ts";
import { createCustomVoice } from "../speech/custom-voice/custom-voice.ts";
import { SpeechEngine } from "../speech/engine/speech-engine.ts";
import { startSpeech } from "../speech/start-speech.ts";
import { startStandIn } from "../stand-in/server.ts";
import { startStorage } from "../storage/start-storage.ts";
import { startTranslator } from "../translator/start-translator.ts";
import { enroll } from "../speech/voice/enroll.ts";
import { LOCAL_KEY, localSettings } from "./local-settings.ts";
import type { CleanupStack } from "./cleanup-stack.ts";
import { startDatabase } from "./start-database.ts";
import type { StackOptions } from "./stack-options.ts";

/** The stand-ins that run. */
export interface RunningParts {
  /** Name of a stand-in → its base URL. */
  readonly urls: Readonly<Record<string, string>>;
  /** What the app needs to reach them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Resolves when no custom voice is being made at this moment. */
  settled(): Promise<void>;
}

/** Starts the stand-ins, at the same time where none needs another; `cleanup` closes what has started. */
export async function startParts(options: StackOptions, cleanup: CleanupStack): Promise<RunningParts> {
  const { port, dataDirectory, withFaults } = options;
  const control = createControl();
  const portAfter = (offset: number): number => (port === 0 ? 0 : port + offset);
  const storing = startStorage({ port: portAfter(4), dataDirectory }).then((part) => cleanup.add(part));
  const [entra, database, speech, storage, translator, controls] = await Promise.all([
    startEntra({
      port: portAfter(1),
      dataDirectory,
      audience: LOCAL_APP_ID_URI,
      ...(withFaults && { control }),
      onError: reportBug,
    }).then((part) => cleanup.add(part)),
    startDatabase({ ...options, port: portAfter(2) }, control, reportBug).then((part) => cleanup.add(part)),
    // It goes on at once with what a kill left undone, and reads blobs for that.
    storing.then(async () => startSpeechParts({ ...options, port: portAfter(3) }, control, cleanup)),
    storing,
    startTranslator({ port: portAfter(6), key: LOCAL_KEY, control }).then((part) => cleanup.add(part)),
    withFaults
      ? startStandIn({ port: 0, handlers: [controlHandler(control)] }).then((part) => cleanup.add(part))
      : undefined,
  ]);
  const urls: Record<string, string> = {
    Entra: entra.url,
    [database.name]: database.url,
    Speech: speech.url,
    OpenAI: speech.openAiUrl,
    Translator: translator.url,
    Blobs: storage.url,
    Queues: storage.queueUrl,
    ...(controls !== undefined && { Faults: controls.url }),
  };
  const settings = localSettings({
    urls: {
      entra: entra.url,
      speech: speech.url,
      translator: translator.url,
      openAi: speech.openAiUrl,
    },
    database: database.settings,
    storageConnectionString: storage.connectionString,
  });
  return { urls, settings, settled: () => speech.settled() };
}

/** What Azure takes seconds, minutes or hours for, in tests. */
const MOMENTS = {
  consentMs: 20,
  personalVoiceMs: 20,
  uploadMs: 20,
  modelMs: 50,
  endpointMs: 20,
  suspendMs: 20,
  resumeMs: 20,
};

/** The Speech resource, and Azure OpenAI, which speaks with the same engine. */
async function startSpeechParts(
  { port, dataDirectory, withFaults, customVoiceTime }: StackOptions,
  control: StandInControl,
  cleanup: CleanupStack,
): Promise<{ readonly url: string; readonly openAiUrl: string; settled(): Promise<void> }> {
  const shared = {
    dataDirectory,
    credentials: { key: LOCAL_KEY },
    control,
    limitsRate: !withFaults,
    onError: reportBug,
  };
  const engine = cleanup.add(new SpeechEngine());
  const customVoice = cleanup.add(
    createCustomVoice({ ...shared, enroll, ...(withFaults && { durations: MOMENTS }), ...customVoiceTime }),
  );
  const { state } = customVoice;
  const speak = speakWithEngine(engine, state);
  const batch = cleanup.add(createBatchSynthesis({ ...shared, speak }));
  const handlers = [customVoice.handler, ...batch.handlers];
  const [speech, openAi] = await Promise.all([
    startSpeech({ port, key: LOCAL_KEY, state, handlers, control, engine, onError: reportBug }),
    startOpenAi({ port: port === 0 ? 0 : port + 4, key: LOCAL_KEY, control, speak, onError: reportBug }),
  ]);
  cleanup.add(speech);
  cleanup.add(openAi);
  return { url: speech.url, openAiUrl: openAi.url, settled: () => customVoice.settled() };
}

function reportBug(error: unknown): void {
  console.error("A stand-in failed:", error);
}
