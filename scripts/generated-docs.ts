import { compose } from "../src/composition.ts";
import { loadConfig } from "../src/config.ts";
import { errorsMarkdown } from "../src/http/docs/errors-page.ts";
import { makeOpenApiDocument } from "../src/http/docs/openapi-document.ts";

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

/** File → the content that the code says it must have. */
export async function generatedDocs(): Promise<ReadonlyMap<string, string>> {
  const { routes } = compose(loadConfig(SETTINGS));
  const document = await makeOpenApiDocument(routes, {
    version: "0.1.0",
    signIn: {
      authority: "https://login.microsoftonline.com",
      tenantId: "common",
      scope: "api://voice-cloning/access_as_user",
    },
  });
  return new Map([
    ["docs/openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    ["docs/errors.md", errorsMarkdown()],
  ]);
}
