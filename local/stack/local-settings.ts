import {
  LOCAL_API_CLIENT_ID,
  LOCAL_APP_ID_URI,
  LOCAL_SPA_CLIENT_ID,
  LOCAL_TENANT_ID,
} from "../entra/registration.ts";

/** The key of the stand-ins for Speech, Translator and OpenAI; it opens nothing but these. */
export const LOCAL_KEY = "local-speech-key";

/** Base URLs of the parts that the app talks to. */
export interface PartUrls {
  readonly entra: string;
  readonly speech: string;
  readonly translator: string;
  readonly openAi: string;
}

export interface LocalSettingsInput {
  readonly urls: PartUrls;
  readonly database: Readonly<Record<string, string>>;
  readonly storageConnectionString: string;
}

/** Settings of the app in the embedded stack; the environment of the process may replace each of them. */
export function localSettings(input: LocalSettingsInput): Record<string, string> {
  return {
    ENVIRONMENT: "development",
    AZURE_TENANT_ID: LOCAL_TENANT_ID,
    AZURE_AUDIENCE: `${LOCAL_APP_ID_URI},${LOCAL_API_CLIENT_ID}`,
    ENTRA_AUTHORITY: input.urls.entra,
    DOCS_CLIENT_ID: LOCAL_SPA_CLIENT_ID,
    AZURE_SPEECH_KEY: LOCAL_KEY,
    AZURE_SPEECH_HOST: input.urls.speech,
    AZURE_SPEECH_ENDPOINT: input.urls.speech,
    AZURE_TRANSLATOR_ENDPOINT: input.urls.translator,
    AZURE_TRANSLATOR_KEY: LOCAL_KEY,
    AZURE_TRANSLATOR_REGION: "local",
    AZURE_OPENAI_ENDPOINT: input.urls.openAi,
    AZURE_OPENAI_API_KEY: LOCAL_KEY,
    AZURE_OPENAI_SPEECH_DEPLOYMENT: "gpt-4o-mini-tts",
    AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: "gpt-4o-transcribe",
    AZURE_OPENAI_CHAT_DEPLOYMENT: "gpt-4o-mini",
    ...input.database,
    STORE_CREATE_CONTAINERS: "true",
    AZURE_STORAGE_CONNECTION_STRING: input.storageConnectionString,
    AzureWebJobsStorage: input.storageConnectionString,
    WEBHOOK_ALLOW_INNER_TARGETS: "true",
    ALLOWED_ORIGINS: "http://localhost:3000,http://localhost:3001",
  };
}
