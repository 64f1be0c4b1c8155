import { once } from "node:events";
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";

export interface TimedRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface TimedAnswer {
  /** From the call to the first byte of the body, or to its end if it has none. */
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

/** Sends a request over a connection that is kept alive. @throws Error for a status other than 2xx. */
export async function timedRequest({ url, method, headers, body }: TimedRequest): Promise<TimedAnswer> {
  const startedMs = performance.now();
  const outgoing = request(url, { method, agent, headers });
  outgoing.end(body);
  const response = await responseOf(outgoing);
  const chunks: Buffer[] = [];
  let firstByteMs: number | undefined;
  response.on("data", (chunk: Buffer) => {
    firstByteMs ??= performance.now() - startedMs;
    chunks.push(chunk);
  });
  await once(response, "end");
  const wholeMs = performance.now() - startedMs;
  const whole = Buffer.concat(chunks);
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    throw new Error(`${method} ${url} answered ${status}: ${whole.toString().slice(0, 300)}`);
  }
  return { firstByteMs: firstByteMs ?? wholeMs, wholeMs, headers: response.headers, body: whole };
}

async function responseOf(outgoing: ReturnType<typeof request>): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.once("response", resolve);
  outgoing.once("error", reject);
  return promise;
}
