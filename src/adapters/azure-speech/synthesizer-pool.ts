import type { SpeechSynthesizer as SdkSynthesizer } from "microsoft-cognitiveservices-speech-sdk";
import type { SynthesisRequest } from "../../application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type AzureSpeechConnection, baseUrlOf, type SpeechCredential } from "./azure-speech-connection.ts";

/** Idle synthesizers, each with an open connection, kept for each kind of request. */
const MAX_IDLE_PER_KIND = 8;
const MAX_KINDS = 64;

/** Azure closes connections that idle for minutes; a token outlives this. */
const MAX_IDLE_MS = 120_000;

/** As an endpoint with this path, the SDK would first ask for another one, without credentials, and go to a public host. */
const SDK_PATH = "/tts/cognitiveservices/websocket/v1";

export interface EventRequest extends SynthesisRequest {
  readonly visemes: boolean;
}

export interface PooledSynthesizer {
  readonly synthesizer: SdkSynthesizer;
  readonly kind: string;
}

interface IdleSynthesizer {
  readonly synthesizer: SdkSynthesizer;
  readonly since: number;
}

/**
 * Synthesizers of the Speech SDK for reuse: each keeps its connection, and speaks one request at a time. The address of a
 * connection holds the key, so it must not be logged.
 */
export class SynthesizerPool {
  readonly #connection: AzureSpeechConnection;
  readonly #idle = new Map<string, IdleSynthesizer[]>();

  constructor(connection: AzureSpeechConnection) {
    this.#connection = connection;
  }

  async acquire(request: EventRequest, signal: AbortSignal): Promise<PooledSynthesizer> {
    const credential = await this.#connection.credential(signal);
    const kind = kindOf(request, credential);
    const idle = this.#idle.get(kind)?.pop();
    if (idle === undefined) {
      return { kind, synthesizer: await newSynthesizer(this.#connection, request, credential) };
    }
    if (Date.now() - idle.since < MAX_IDLE_MS) {
      return { kind, synthesizer: idle.synthesizer };
    }
    idle.synthesizer.close();
    return this.acquire(request, signal);
  }

  /** Takes back one that has finished its request. */
  release({ synthesizer, kind }: PooledSynthesizer): void {
    const idle = this.#idle.get(kind) ?? [];
    if (idle.length >= MAX_IDLE_PER_KIND) {
      synthesizer.close();
      return;
    }
    idle.push({ synthesizer, since: Date.now() });
    this.#idle.delete(kind);
    this.#idle.set(kind, idle);
    const [oldest] = this.#idle.keys();
    if (this.#idle.size > MAX_KINDS && oldest !== undefined) {
      this.#closeKind(oldest);
    }
  }

  /** Ends one in the middle of its request: the service stops at once. */
  discard({ synthesizer }: PooledSynthesizer): void {
    synthesizer.close();
  }

  close(): void {
    for (const kind of this.#idle.keys()) {
      this.#closeKind(kind);
    }
  }

  #closeKind(kind: string): void {
    for (const { synthesizer } of this.#idle.get(kind) ?? []) {
      synthesizer.close();
    }
    this.#idle.delete(kind);
  }
}

function kindOf({ target, outputFormat, visemes }: EventRequest, credential: SpeechCredential): string {
  const place = target.kind === "deployment" ? target.deploymentId : "";
  const secret = credential.kind === "key" ? credential.key : credential.token;
  return JSON.stringify([place, outputFormat, visemes, secret]);
}

async function newSynthesizer(
  connection: AzureSpeechConnection,
  request: SynthesisRequest,
  credential: SpeechCredential,
): Promise<SdkSynthesizer> {
  const sdk = await import("microsoft-cognitiveservices-speech-sdk");
  const endpoint = new URL(`${baseUrlOf(connection, request.target)}/cognitiveservices/websocket/v1`);
  endpoint.protocol = endpoint.protocol === "http:" ? "ws:" : "wss:";
  const key = credential.kind === "key" ? credential.key : "";
  const config =
    endpoint.pathname === SDK_PATH
      ? sdk.SpeechConfig.fromHost(new URL(endpoint.origin), key)
      : sdk.SpeechConfig.fromEndpoint(endpoint, key);
  if (credential.kind === "token") {
    config.authorizationToken = credential.token;
  }
  if (request.target.kind === "deployment") {
    config.endpointId = request.target.deploymentId;
  }
  config.speechSynthesisOutputFormat = formatOf(request.outputFormat, sdk.SpeechSynthesisOutputFormat);
  return new sdk.SpeechSynthesizer(config, null);
}

/** Members are named as the wire names are, but for case and hyphens. */
function formatOf<T>(outputFormat: string, members: Readonly<Record<string, T | string>>): T {
  const wanted = outputFormat.replaceAll("-", "").toLowerCase();
  for (const [name, value] of Object.entries(members)) {
    if (name.toLowerCase() === wanted && typeof value !== "string") {
      return value;
    }
  }
  throw new ServiceError("format-unsupported", "This format cannot be spoken with timings.");
}
