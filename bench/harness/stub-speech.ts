import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { seededRandom } from "../../local/faults/seeded-random.ts";

/**
 * A Speech service that costs nothing: after 50 ms it answers silence, as much as Azure would speak. Run as a process of
 * its own, so that only the API is measured; it prints its base URL. `GET /spoken` tells how often each text was spoken, its
 * argument the share of calls that it answers 503 instead.
 */
const LATENCY_MS = 50;

/** 24 kHz, 16 bit, at 15 characters a second. */
const BYTES_PER_CHARACTER = 3_200;
const SILENCE = Buffer.alloc(64 * 1024);

const VOICE = {
  ShortName: "en-US-AvaMultilingualNeural",
  DisplayName: "Ava",
  LocalName: "Ava",
  Locale: "en-US",
  Gender: "Female",
  SampleRateHertz: "24000",
  Status: "GA",
};

const failingShare = Number(process.argv[2] ?? "0");
const random = seededRandom(1);
const spoken = new Map<string, number>();

const server = createServer((request, response) => {
  if (request.url === "/spoken") {
    response.setHeader("content-type", "application/json").end(JSON.stringify(Object.fromEntries(spoken)));
    return;
  }
  if (request.url?.endsWith("/voices/list") === true) {
    response.setHeader("content-type", "application/json").end(JSON.stringify([VOICE]));
    return;
  }
  void speak(request, response);
});

async function speak(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let ssml = "";
  for await (const chunk of request) {
    ssml += String(chunk);
  }
  await new Promise((resolve) => {
    setTimeout(resolve, LATENCY_MS);
  });
  if (random() < failingShare) {
    response.writeHead(503).end();
    return;
  }
  response.writeHead(200, { "content-type": "audio/basic" });
  const text = ssml.replaceAll(/<[^>]*>/g, "");
  spoken.set(text, (spoken.get(text) ?? 0) + 1);
  const characters = text.length;
  const left = new AbortController();
  response.once("close", () => left.abort());
  for (
    let rest = characters * BYTES_PER_CHARACTER;
    rest > 0 && !left.signal.aborted;
    rest -= SILENCE.length
  ) {
    if (!response.write(SILENCE.subarray(0, Math.min(rest, SILENCE.length)))) {
      await once(response, "drain", { signal: left.signal }).catch(() => undefined);
    }
  }
  response.end();
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) {
    console.log(`http://127.0.0.1:${address.port}`);
  }
});
