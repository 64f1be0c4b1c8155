import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { SynthesisRequest } from "../../application/ports/speech-synthesizer.ts";
import {
  type AzureSpeechConnection,
  baseUrlOf,
  type SpeechCredential,
  type SpeechDeadlines,
} from "./azure-speech-connection.ts";
import { withDeadline } from "./deadline.ts";
import { retryAfterOf, speechErrorOf, unavailable } from "./speech-error.ts";

/** Longer than Azure keeps idle connections is no use, shorter costs a TLS handshake per call. */
const KEEP_ALIVE_MS = 60_000;
const MAX_CONNECTIONS = 256;
const MAX_REFUSAL_BYTES = 4_096;
const USER_AGENT = "azure-voice-cloning-api";

/** Synthesis over Azure's REST endpoint and a pool of connections that are kept alive. */
export class RestSynthesis {
  readonly #connection: AzureSpeechConnection;
  readonly #deadlines: SpeechDeadlines;
  readonly #httpAgent: HttpAgent;
  readonly #httpsAgent: HttpsAgent;

  constructor(connection: AzureSpeechConnection, deadlines: SpeechDeadlines) {
    const pool = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_CONNECTIONS,
      scheduling: "lifo",
    } as const;
    this.#connection = connection;
    this.#deadlines = deadlines;
    this.#httpAgent = new HttpAgent(pool);
    this.#httpsAgent = new HttpsAgent(pool);
  }

  /** Resolves with the first audio. @throws what the port's `synthesize` throws. */
  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    signal.throwIfAborted();
    const cut = new AbortController();
    const stop = AbortSignal.any([signal, cut.signal]);
    const late = (): Error => {
      const error = unavailable(
        `The speech service sends no audio within ${this.#deadlines.firstByteMs} ms.`,
        {
          details: { timedOut: true },
        },
      );
      cut.abort(error);
      return error;
    };
    const start = this.#start(request, stop);
    const { response, first } = await withDeadline(start, this.#deadlines.firstByteMs, late);
    return this.#audioOf(response, first, stop);
  }

  /** Closes idle connections; those in use end with their synthesis. */
  close(): void {
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }

  async #start(request: SynthesisRequest, signal: AbortSignal) {
    const credential = await this.#connection.credential(signal);
    const response = await this.#post(request, credential, signal);
    if (response.statusCode !== 200) {
      throw await refusalOf(response, request);
    }
    const iterator = chunksOf(response)[Symbol.asyncIterator]();
    const first = await iterator.next().catch((cause: unknown) => {
      throw brokenOff(cause, signal);
    });
    return { response: { message: response, iterator }, first };
  }

  async #post(request: SynthesisRequest, credential: SpeechCredential, signal: AbortSignal) {
    const url = urlOf(this.#connection, request);
    const isPlain = url.protocol === "http:";
    const body = Buffer.from(request.ssml, "utf8");
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const options = {
      method: "POST",
      signal,
      agent: isPlain ? this.#httpAgent : this.#httpsAgent,
      headers: {
        ...authorization(credential),
        "content-type": "application/ssml+xml",
        "content-length": body.length,
        "x-microsoft-outputformat": request.outputFormat,
        "user-agent": USER_AGENT,
      },
    };
    const outgoing = (isPlain ? httpRequest : httpsRequest)(url, options, resolve);
    outgoing.on("error", (cause) => reject(brokenOff(cause, signal)));
    outgoing.end(body);
    return promise;
  }

  #audioOf(response: StartedResponse, first: IteratorResult<Buffer>, signal: AbortSignal) {
    const { message, iterator } = response;
    const { idleMs } = this.#deadlines;
    let next: IteratorResult<Buffer> | undefined = first;
    const stalled = (): Error => {
      const error = unavailable(`The speech service fell silent for ${idleMs} ms.`);
      message.destroy(error);
      return error;
    };
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const pending = next === undefined ? iterator.next() : Promise.resolve(next);
          next = undefined;
          const { done, value } = await withDeadline(pending, idleMs, stalled).catch((cause: unknown) => {
            throw brokenOff(cause, signal);
          });
          if (done === true) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        },
        cancel() {
          message.destroy();
        },
      },
      { highWaterMark: 0 },
    );
  }
}

interface StartedResponse {
  readonly message: IncomingMessage;
  readonly iterator: AsyncIterator<Buffer>;
}

function urlOf(connection: AzureSpeechConnection, { target }: SynthesisRequest): URL {
  const url = new URL(`${baseUrlOf(connection, target)}/cognitiveservices/v1`);
  if (target.kind === "deployment") {
    url.searchParams.set("deploymentId", target.deploymentId);
  }
  return url;
}

function authorization(credential: SpeechCredential): Record<string, string> {
  return credential.kind === "key"
    ? { "ocp-apim-subscription-key": credential.key }
    : { authorization: `Bearer ${credential.token}` };
}

/** A response without an encoding is made of buffers. */
function chunksOf(response: IncomingMessage): AsyncIterable<Buffer> {
  return response;
}

async function refusalOf(response: IncomingMessage, request: SynthesisRequest): Promise<Error> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunksOf(response)) {
    sizeBytes += chunk.length;
    chunks.push(chunk);
    if (sizeBytes > MAX_REFUSAL_BYTES) {
      break;
    }
  }
  const body = Buffer.concat(chunks).toString("utf8").slice(0, MAX_REFUSAL_BYTES);
  return speechErrorOf({
    status: response.statusCode ?? 0,
    reason: [response.statusMessage, body].filter((part) => part !== undefined && part !== "").join(": "),
    retryAfterSeconds: retryAfterOf(response.headers["retry-after"], new Date()),
    isDeployment: request.target.kind === "deployment",
  });
}

/** A hang-up of ours stays what it is; anything else is the network's. */
function brokenOff(cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) {
    return signal.reason;
  }
  return cause instanceof Error && cause.name === "ServiceError"
    ? cause
    : unavailable("The connection to the speech service broke.", { cause });
}
