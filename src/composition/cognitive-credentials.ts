import type { AzureIdentity } from "./azure-identity.ts";
import type { Foundation } from "./foundation.ts";

const COGNITIVE_SERVICES_SCOPE = "https://cognitiveservices.azure.com/.default";

/** @returns a bearer token for Azure AI services, or an empty one where no credential gives any. */
export async function cognitiveToken({ credential }: AzureIdentity): Promise<string> {
  return (await credential.getToken(COGNITIVE_SERVICES_SCOPE))?.token ?? "";
}

/** What each transcription and suggestion authenticates with: the configured key, else a token of the app's identity. */
export function openAiCredential({ config, identity, readSecret }: Foundation): () => Promise<string> {
  const key = config.AZURE_OPENAI_API_KEY;
  return key === undefined ? () => cognitiveToken(identity) : () => readSecret(key);
}
