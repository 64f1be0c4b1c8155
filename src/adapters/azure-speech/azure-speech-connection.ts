import type { SpeechTarget } from "../../application/ports/speech-synthesizer.ts";

/** How a request proves who it is: the key of the resource, or a bearer token. */
export type SpeechCredential =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "token"; readonly token: string };

export interface SpeechAuthentication {
  /** Asked for every request; it caches keys and tokens itself. */
  readonly credential: (signal: AbortSignal) => Promise<SpeechCredential>;
  /** Whether there is another credential than the refused one. Default: there never is. */
  readonly renew?: ((refused: SpeechCredential) => Promise<boolean>) | undefined;
}

export interface AzureSpeechConnection extends SpeechAuthentication {
  /** Names the circuit breakers and the history's region. */
  readonly region: string;
  /** For example `https://westeurope.tts.speech.microsoft.com`, without a trailing slash. */
  readonly standardUrl: string;
  /** Of professional voices, for example `https://westeurope.voice.speech.microsoft.com`. */
  readonly deploymentUrl: string;
}

/** Time limits of one upstream synthesis. */
export interface SpeechDeadlines {
  readonly firstByteMs: number;
  /** The longest silence between two chunks that somebody waits for. */
  readonly idleMs: number;
}

export function baseUrlOf(connection: AzureSpeechConnection, target: SpeechTarget): string {
  return target.kind === "deployment" ? connection.deploymentUrl : connection.standardUrl;
}

/** The hosts of a region. */
export function regionalConnection(
  region: string,
  authentication: SpeechAuthentication,
): AzureSpeechConnection {
  return {
    region,
    standardUrl: `https://${region}.tts.speech.microsoft.com`,
    deploymentUrl: `https://${region}.voice.speech.microsoft.com`,
    ...authentication,
  };
}

/**
 * The resource's own domain, which a private endpoint serves.
 *
 * @param endpoint for example `https://my-speech.cognitiveservices.azure.com`, without a trailing slash.
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-services-private-link
 */
export function resourceConnection(
  region: string,
  endpoint: string,
  authentication: SpeechAuthentication,
): AzureSpeechConnection {
  return { region, standardUrl: `${endpoint}/tts`, deploymentUrl: `${endpoint}/voice`, ...authentication };
}
