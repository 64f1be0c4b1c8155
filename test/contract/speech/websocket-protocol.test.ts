import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import { SPEECH_KEY, spoken } from "./speech-client.ts";

const REQUEST_ID = "0123456789ABCDEF0123456789ABCDEF";
const PATH = "/tts/cognitiveservices/websocket/v1";
const CONFIG = message("speech.config", '{"context":{"system":{"name":"test"}}}');
const CONTEXT = context({ outputFormat: "raw-16khz-16bit-mono-pcm" });

let speech: RunningSpeech;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state: noCustomVoices });
});

afterAll(async () => {
  await speech.close();
});

describe("a turn", () => {
  it("is turn.start, response, audio and metadata, turn.end, with the ids of request and stream", async () => {
    const socket = await connect();
    send(socket, CONFIG, CONTEXT, message("ssml", spoken("Hello.")));

    const messages = await messagesOfTurn(socket);

    const paths = messages.map(({ path }) => path);
    expect([paths[0], paths[1], paths.at(-1)]).toEqual(["turn.start", "response", "turn.end"]);
    expect(new Set(paths.slice(2, -1))).toEqual(new Set(["audio", "audio.metadata"]));
    expect(messages.every(({ requestId }) => requestId === REQUEST_ID)).toBe(true);
    const streamId: unknown = JSON.parse(messages[1]?.body ?? "").audio.streamId;
    const audio = messages.filter(({ path }) => path === "audio");
    expect(audio.every((frame) => frame.streamId === streamId)).toBe(true);
    expect(
      messages.filter(({ path }) => path === "audio.metadata").map(({ body }) => JSON.parse(body)),
    ).toEqual([
      {
        Metadata: [
          {
            Type: "WordBoundary",
            Data: expect.objectContaining({
              text: { Text: "Hello", Length: 5, BoundaryType: "WordBoundary" },
            }),
          },
        ],
      },
      { Metadata: [{ Type: "SessionEnd", Data: { Offset: expect.any(Number) } }] },
    ]);
    socket.terminate();
  });

  it("is raw audio without a header, in ticks as long as the service says", async () => {
    const socket = await connect();
    send(socket, CONFIG, CONTEXT, message("ssml", spoken("Hello.")));

    const messages = await messagesOfTurn(socket);

    const sizeBytes = messages.reduce((sum, { audioSizeBytes }) => sum + audioSizeBytes, 0);
    const end = messages.findLast(({ path }) => path === "audio.metadata");
    const ticks = JSON.parse(end?.body ?? "").Metadata[0].Data.Offset;
    expect(sizeBytes / 32).toBeCloseTo(ticks / 10_000, 0);
    socket.terminate();
  });

  it("may follow another on the same connection, and its events begin at zero again", async () => {
    const socket = await connect();
    send(socket, CONFIG, CONTEXT, message("ssml", spoken("Hello.")));
    const first = await messagesOfTurn(socket);

    send(socket, CONTEXT, message("ssml", spoken("Hello.")));
    const second = await messagesOfTurn(socket);

    expect(firstOffset(second)).toBe(firstOffset(first));
    socket.terminate();
  });
});

describe("a connection", () => {
  it.each([
    ["ssml comes before everything", [message("ssml", spoken("Hi"))]],
    ["synthesis.context comes before speech.config", [CONTEXT]],
    ["ssml comes without synthesis.context", [CONFIG, message("ssml", spoken("Hi"))]],
    ["speech.config comes twice", [CONFIG, CONFIG]],
    ["speech.config is no JSON", [message("speech.config", "hello")]],
    [
      "synthesis.context has no output format",
      [CONFIG, message("synthesis.context", '{"synthesis":{"audio":{}}}')],
    ],
    ["the request id is missing", [CONFIG.replace(/X-RequestId.*\r\n/, "")]],
    ["the path is missing", [CONFIG.replace(/Path.*\r\n/, "")]],
    ["the path is unknown", [CONFIG, message("text.piece", "Hello")]],
    [
      "ssml has another request id",
      [CONFIG, CONTEXT, message("ssml", spoken("Hi")).replace(REQUEST_ID, "F".repeat(32))],
    ],
    [
      "the output format is unknown",
      [CONFIG, context({ outputFormat: "amr-wb-16000hz" }), message("ssml", spoken("Hi"))],
    ],
    [
      "text is to be streamed",
      [
        CONFIG,
        context({ outputFormat: "raw-16khz-16bit-mono-pcm", input: { bidirectionalStreamingMode: true } }),
      ],
    ],
    ["the SSML is larger than 64 KB", [CONFIG, CONTEXT, message("ssml", spoken("Hello ".repeat(11_000)))]],
  ])("is closed with 1007 when %s", async (_, messages) => {
    const socket = await connect();

    send(socket, ...messages);

    const [code, reason] = await once(socket, "close");
    expect(code).toBe(1007);
    expect(String(reason)).not.toBe("");
  });

  it.each([
    [`${PATH}?Ocp-Apim-Subscription-Key=wrong`, 401],
    [PATH, 401],
    [`/cognitiveservices/websocket/v2?Ocp-Apim-Subscription-Key=${SPEECH_KEY}`, 501],
    [`/cognitiveservices/websocket/v9?Ocp-Apim-Subscription-Key=${SPEECH_KEY}`, 404],
  ])("is refused at %s", async (path, status) => {
    const socket = new WebSocket(speech.url.replace("http", "ws") + path);

    const [, response] = await once(socket, "unexpected-response");

    expect(response.statusCode).toBe(status);
    socket.on("error", () => {}).terminate();
  });

  it("takes the key from the headers too", async () => {
    const socket = new WebSocket(speech.url.replace("http", "ws") + PATH, {
      headers: { "ocp-apim-subscription-key": SPEECH_KEY },
    });

    await once(socket, "open");

    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  it("is not compressed, whatever the client offers", async () => {
    const socket = await connect();

    expect(socket.extensions).toBe("");
    socket.terminate();
  });
});

interface Received {
  readonly path: string;
  readonly requestId: string;
  readonly streamId: string | undefined;
  readonly body: string;
  readonly audioSizeBytes: number;
}

function firstOffset(messages: readonly Received[]): number {
  const metadata = messages.find(({ path }) => path === "audio.metadata");
  return JSON.parse(metadata?.body ?? "").Metadata[0].Data.Offset;
}

async function connect(): Promise<WebSocket> {
  const url = `${speech.url.replace("http", "ws")}${PATH}?Ocp-Apim-Subscription-Key=${SPEECH_KEY}`;
  const socket = new WebSocket(url, { perMessageDeflate: true });
  await once(socket, "open");
  return socket;
}

async function messagesOfTurn(socket: WebSocket): Promise<readonly Received[]> {
  const received: Received[] = [];
  await new Promise<void>((resolve) => {
    const receive = (data: Buffer, isBinary: boolean): void => {
      const next = isBinary ? parseBinary(data) : parseText(data.toString("utf8"), 0);
      received.push(next);
      if (next.path === "turn.end") {
        socket.off("message", receive);
        resolve();
      }
    };
    socket.on("message", receive);
  });
  return received;
}

function parseBinary(data: Buffer): Received {
  const headerSizeBytes = data.readUInt16BE(0);
  const header = data.toString("latin1", 2, 2 + headerSizeBytes);
  return parseText(`${header}\r\n`, data.length - 2 - headerSizeBytes);
}

function parseText(text: string, audioSizeBytes: number): Received {
  const end = text.indexOf("\r\n\r\n");
  const headers = new Map(
    text
      .slice(0, end)
      .split("\r\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
  return {
    path: headers.get("Path") ?? "",
    requestId: headers.get("X-RequestId") ?? "",
    streamId: headers.get("X-StreamId"),
    body: text.slice(end + 4),
    audioSizeBytes,
  };
}

function send(socket: WebSocket, ...messages: readonly string[]): void {
  messages.forEach((text) => socket.send(text));
}

function context(synthesis: { readonly outputFormat: string; readonly input?: object }): string {
  const { outputFormat, input } = synthesis;
  const metadataOptions = {
    wordBoundaryEnabled: "true",
    sentenceBoundaryEnabled: "false",
    sessionEndEnabled: true,
  };
  return message(
    "synthesis.context",
    JSON.stringify({ synthesis: { audio: { metadataOptions, outputFormat }, ...(input && { input }) } }),
  );
}

function message(path: string, body: string): string {
  return `Path: ${path}\r\nX-RequestId: ${REQUEST_ID}\r\nX-Timestamp: 2026-11-22T10:00:00.000Z\r\n\r\n${body}`;
}
