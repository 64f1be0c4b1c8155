import type {
  AzureSpeechConnection,
  SpeechAuthentication,
} from "../adapters/azure-speech/azure-speech-connection.ts";
import { regionalConnection, resourceConnection } from "../adapters/azure-speech/azure-speech-connection.ts";
import type { RenewableCredential } from "../adapters/rotation/with-renewal.ts";
import type { Config, SecretSetting } from "../config.ts";
import { cognitiveToken } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";

/** A header that authenticates one call. */
type CredentialHeader = RenewableCredential<readonly [name: string, value: string]>;

export interface SpeechAccess {
  readonly connection: AzureSpeechConnection;
  /** Base URL of the custom voice API. */
  readonly customVoiceEndpoint: string;
  /** For the hosts of the connection, which take the composite token of the Speech resource. */
  readonly regionalHeader: CredentialHeader;
  /** For the resource's own domain, which takes a plain token. */
  readonly resourceHeader: CredentialHeader;
}

/**
 * @throws Error when Speech is private and its domain or its key is not configured.
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/how-to-configure-azure-ad-auth
 */
export function speechAccess(foundation: Foundation): SpeechAccess {
  const { config, identity } = foundation;
  const { AZURE_SPEECH_KEY: key, AZURE_SPEECH_RESOURCE_ID: resourceId, AZURE_SPEECH_REGION: region } = config;
  const token = (): Promise<string> => cognitiveToken(identity);
  const compositeToken = async (): Promise<string> => `aad#${resourceId ?? ""}#${await token()}`;
  const customVoiceEndpoint = withoutSlash(
    config.AZURE_SPEECH_ENDPOINT ?? `https://${region}.api.cognitive.microsoft.com`,
  );
  if (key !== undefined) {
    const header = keyHeader(foundation, key);
    const connection = connectionOf(config, keyCredential(foundation, key));
    return { connection, customVoiceEndpoint, regionalHeader: header, resourceHeader: header };
  }
  return {
    connection: connectionOf(config, {
      credential: async () => ({ kind: "token", token: await compositeToken() }),
    }),
    customVoiceEndpoint,
    regionalHeader: bearerHeader(compositeToken),
    resourceHeader: bearerHeader(token),
  };
}

function bearerHeader(bearer: () => Promise<string>): CredentialHeader {
  return { credential: async () => ["authorization", `Bearer ${await bearer()}`] };
}

function keyHeader({ readSecret, renewSecret }: Foundation, key: SecretSetting): CredentialHeader {
  return {
    credential: async () => ["ocp-apim-subscription-key", await readSecret(key)],
    renew: ([, refused]) => renewSecret(key, refused),
  };
}

function keyCredential({ readSecret, renewSecret }: Foundation, key: SecretSetting): SpeechAuthentication {
  return {
    credential: async () => ({ kind: "key", key: await readSecret(key) }),
    renew: async (refused) => refused.kind === "key" && renewSecret(key, refused.key),
  };
}

function connectionOf(config: Config, authentication: SpeechAuthentication): AzureSpeechConnection {
  const { AZURE_SPEECH_REGION: region, AZURE_SPEECH_ENDPOINT: endpoint, AZURE_SPEECH_HOST: host } = config;
  if (config.AZURE_SPEECH_PRIVATE) {
    if (endpoint === undefined || config.AZURE_SPEECH_KEY === undefined) {
      throw new Error(
        "AZURE_SPEECH_PRIVATE needs AZURE_SPEECH_ENDPOINT and AZURE_SPEECH_KEY: Azure takes no tokens behind a private endpoint.",
      );
    }
    return resourceConnection(region, withoutSlash(endpoint), authentication);
  }
  if (host === undefined) {
    return regionalConnection(region, authentication);
  }
  const url = withoutSlash(host);
  return { region, standardUrl: url, deploymentUrl: `${url}/voice`, ...authentication };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
