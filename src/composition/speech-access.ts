import type {
  AzureSpeechConnection,
  SpeechCredential,
} from "../adapters/azure-speech/azure-speech-connection.ts";
import { regionalConnection } from "../adapters/azure-speech/azure-speech-connection.ts";
import { cognitiveToken } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";

/** A header that authenticates one call. */
type CredentialHeader = () => Promise<readonly [name: string, value: string]>;

export interface SpeechAccess {
  readonly connection: AzureSpeechConnection;
  /** Base URL of the custom voice API. */
  readonly customVoiceEndpoint: string;
  /** For the regional hosts, which take the composite token of the Speech resource. */
  readonly regionalHeader: CredentialHeader;
  /** For the resource's own domain, which takes a plain token. */
  readonly resourceHeader: CredentialHeader;
}

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/how-to-configure-azure-ad-auth */
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
  const host = config.AZURE_SPEECH_HOST?.replace(/\/$/, "");
  return {
    connection:
      host === undefined
        ? regionalConnection(region, credential)
        : { region, standardUrl: host, deploymentUrl: `${host}/voice`, credential },
    customVoiceEndpoint: (
      config.AZURE_SPEECH_ENDPOINT ?? `https://${region}.api.cognitive.microsoft.com`
    ).replace(/\/$/, ""),
    regionalHeader: header(compositeToken),
    resourceHeader: header(token),
  };
}
