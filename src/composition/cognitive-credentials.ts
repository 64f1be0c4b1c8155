import type { OpenAiCredential } from "../adapters/openai/openai-client.ts";
import type { RenewableCredential } from "../adapters/rotation/with-renewal.ts";
import type { AzureIdentity } from "./azure-identity.ts";
import type { Foundation } from "./foundation.ts";

const COGNITIVE_SERVICES_SCOPE = "https://cognitiveservices.azure.com/.default";

/** @returns a bearer token for Azure AI services, or an empty one where no credential gives any. */
export async function cognitiveToken({ credential }: AzureIdentity): Promise<string> {
  return (await credential.getToken(COGNITIVE_SERVICES_SCOPE))?.token ?? "";
}

/** What each call of Azure OpenAI authenticates with: the configured key, else a token of the app's identity. */
export function openAiCredential({
  config,
  identity,
  readSecret,
  renewSecret,
}: Foundation): RenewableCredential<OpenAiCredential> {
  const key = config.AZURE_OPENAI_API_KEY;
  if (key === undefined) {
    return { credential: async () => ({ kind: "token", token: await cognitiveToken(identity) }) };
  }
  return {
    credential: async () => ({ kind: "key", key: await readSecret(key) }),
    renew: async (refused) => refused.kind === "key" && renewSecret(key, refused.key),
  };
}
