import type {
  AzureSpeechConnection,
  SpeechCredential,
} from "../adapters/azure-speech/azure-speech-connection.ts";
import { regionalConnection, resourceConnection } from "../adapters/azure-speech/azure-speech-connection.ts";
import type { Config } from "../config.ts";
import { cognitiveToken } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";

/** A header that authenticates one call. */
type CredentialHeader = () => Promise<readonly [name: string, value: string]>;

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
export function speechAccess({ config, identity, readSecret }: Foundation): SpeechAccess {
  const { AZURE_SPEECH_KEY: key, AZURE_SPEECH_RESOURCE_ID: resourceId, AZURE_SPEECH_REGION: region } = config;
  const token = (): Promise<string> => cognitiveToken(identity);
  const compositeToken = async (): Promise<string> => `aad#${resourceId ?? ""}#${await token()}`;
  const header =
    (bearer: () => Promise<string>): CredentialHeader =>
    async () =>
      key === undefined
        ? (["authorization", `Bearer ${await bearer()}`] as const)
        : (["ocp-apim-subscription-key", await readSecret(key)] as const);
  const credential = async (): Promise<SpeechCredential> =>
    key === undefined
      ? { kind: "token", token: await compositeToken() }
      : { kind: "key", key: await readSecret(key) };
  return {
    connection: connectionOf(config, credential),
    customVoiceEndpoint: withoutSlash(
      config.AZURE_SPEECH_ENDPOINT ?? `https://${region}.api.cognitive.microsoft.com`,
    ),
    regionalHeader: header(compositeToken),
    resourceHeader: header(token),
  };
}

function connectionOf(
  config: Config,
  credential: AzureSpeechConnection["credential"],
): AzureSpeechConnection {
  const { AZURE_SPEECH_REGION: region, AZURE_SPEECH_ENDPOINT: endpoint, AZURE_SPEECH_HOST: host } = config;
  if (config.AZURE_SPEECH_PRIVATE) {
    if (endpoint === undefined || config.AZURE_SPEECH_KEY === undefined) {
      throw new Error(
        "AZURE_SPEECH_PRIVATE needs AZURE_SPEECH_ENDPOINT and AZURE_SPEECH_KEY: Azure takes no tokens behind a private endpoint.",
      );
    }
    return resourceConnection(region, withoutSlash(endpoint), credential);
  }
  if (host === undefined) {
    return regionalConnection(region, credential);
  }
  const url = withoutSlash(host);
  return { region, standardUrl: url, deploymentUrl: `${url}/voice`, credential };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
