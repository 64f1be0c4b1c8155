import { compose } from "../src/composition.ts";
import { loadConfig } from "../src/config.ts";
import type { Route } from "../src/http/route.ts";

/** Enough settings to compose every route; nothing is contacted. */
const SETTINGS = {
  AZURE_TENANT_ID: "common",
  AZURE_AUDIENCE: "api://voice-cloning",
  AZURE_SPEECH_REGION: "westeurope",
  AZURE_SPEECH_KEY: "none",
  AZURE_TRANSLATOR_ENDPOINT: "https://api.cognitive.microsofttranslator.com",
  AZURE_TRANSLATOR_KEY: "none",
  AZURE_OPENAI_ENDPOINT: "https://voice.openai.azure.com",
  AZURE_OPENAI_API_KEY: "none",
  COSMOS_DB_ENDPOINT: "https://voice.documents.azure.com",
  AZURE_STORAGE_ACCOUNT_URL: "https://voice.blob.core.windows.net",
};

/** Every route of the API with every feature switched on; their handlers have nothing to talk to. */
export function describedRoutes(): readonly Route[] {
  return compose(loadConfig(SETTINGS)).routes;
}
