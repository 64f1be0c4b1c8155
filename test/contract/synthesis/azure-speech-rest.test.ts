import { describe, expect, it } from "vitest";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import type { SynthesisRequest } from "../../../src/application/ports/speech-synthesizer.ts";
import { startBareServer } from "../../support/bare-server.ts";

const REQUEST: SynthesisRequest = {
  ssml: "<speak/>",
  outputFormat: "raw-24khz-16bit-mono-pcm",
  target: { kind: "standard" },
  voiceName: "en-US-AvaMultilingualNeural",
};

function synthesizerAt(url: string, deadlines = { firstByteMs: 10_000, idleMs: 10_000 }) {
  return new AzureSpeechSynthesizer({
    connection: {
      region: "local",
      standardUrl: url,
      deploymentUrl: `${url}/voice`,
      credential: () => Promise.resolve({ kind: "key", key: "secret-key" }),
    },
    deadlines,
    resilience: { baseDelayMs: 1, failuresToOpen: 3, random: () => 0 },
  });
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

const never = () => new AbortController().signal;

describe("Azure Speech over REST", () => {
  it("sends the document with key and format, and streams the answer", async () => {
    await using server = await startBareServer((_, response) => response.end("audio"));

    const stream = await synthesizerAt(server.url).synthesize(REQUEST, never());

    expect(await textOf(stream)).toBe("audio");
    expect(server.calls[0]).toMatchObject({
      url: "/cognitiveservices/v1",
      body: "<speak/>",
      headers: {
        "content-type": "application/ssml+xml",
        "x-microsoft-outputformat": "raw-24khz-16bit-mono-pcm",
        "ocp-apim-subscription-key": "secret-key",
      },
    });
  });

  it("sends a professional voice to its deployment", async () => {
    await using server = await startBareServer((_, response) => response.end("audio"));
    const request: SynthesisRequest = { ...REQUEST, target: { kind: "deployment", deploymentId: "d-1" } };

    const stream = await synthesizerAt(server.url).synthesize(request, never());
    await textOf(stream);

    expect(server.calls[0]?.url).toBe("/voice/cognitiveservices/v1?deploymentId=d-1");
  });

  it("reuses one connection for calls one after another", async () => {
    const ports = new Set<number | undefined>();
    await using server = await startBareServer((_, response) => {
      ports.add(response.socket?.remotePort);
      response.end("audio");
    });
    const synthesizer = synthesizerAt(server.url);

    for (let call = 0; call < 5; call++) {
      await textOf(await synthesizer.synthesize(REQUEST, never()));
    }

    expect(ports.size).toBe(1);
  });

  it.each([
    [400, "ssml-invalid"],
    [401, "speech-unauthorized"],
    [403, "speech-unauthorized"],
    [415, "internal-error"],
    [429, "speech-throttled"],
    [500, "speech-unavailable"],
    [502, "speech-unavailable"],
    [503, "speech-unavailable"],
  ])("tells status %i as %s", async (status, code) => {
    await using server = await startBareServer((_, response) => response.writeHead(status).end());

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(attempt).rejects.toMatchObject({ code });
  });

  it("passes on the cause that stands in the reason phrase", async () => {
    const reason = "Unsupported voice Nobody.";
    await using server = await startBareServer((_, response) => response.writeHead(400, reason).end());

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(attempt).rejects.toMatchObject({ errors: [{ field: "ssml", message: reason }] });
  });

  it("tells a resource without approval for custom voices apart from a wrong role", async () => {
    await using server = await startBareServer((_, response) =>
      response.writeHead(403).end("The resource is not approved for personal voice."),
    );

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(attempt).rejects.toMatchObject({ code: "custom-voice-not-approved" });
  });

  it("repeats a failed start and then speaks", async () => {
    await using server = await startBareServer((_, response, index) =>
      index < 2 ? response.writeHead(503).end() : response.end("audio"),
    );

    const stream = await synthesizerAt(server.url).synthesize(REQUEST, never());

    expect(await textOf(stream)).toBe("audio");
    expect(server.calls).toHaveLength(3);
  });

  it("passes a long Retry-After on instead of waiting for it", async () => {
    await using server = await startBareServer((_, response) =>
      response.writeHead(429, { "retry-after": "30" }).end(),
    );

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(attempt).rejects.toMatchObject({ code: "speech-throttled", retryAfterSeconds: 30 });
    expect(server.calls).toHaveLength(1);
  });

  it("stops asking for a voice that keeps failing, and goes on speaking with others", async () => {
    await using server = await startBareServer(({ body }, response) =>
      body.includes("bad") ? response.writeHead(500).end() : response.end("audio"),
    );
    const synthesizer = synthesizerAt(server.url);
    const bad = { ...REQUEST, ssml: "<bad/>", voiceName: "bad" };
    await synthesizer.synthesize(bad, never()).catch(() => undefined);
    const callsBefore = server.calls.length;

    const attempt = synthesizer.synthesize(bad, never());

    await expect(attempt).rejects.toMatchObject({ code: "speech-unavailable", retryAfterSeconds: 5 });
    expect(server.calls).toHaveLength(callsBefore);
    expect(await textOf(await synthesizer.synthesize(REQUEST, never()))).toBe("audio");
  });

  it("gives up on a service that accepts and stays silent", async () => {
    await using server = await startBareServer(() => undefined);

    const attempt = synthesizerAt(server.url, { firstByteMs: 1_000, idleMs: 50 }).synthesize(
      REQUEST,
      never(),
    );

    await expect(attempt).rejects.toMatchObject({ code: "speech-unavailable" });
    expect(server.calls).toHaveLength(1);
    await server.calls[0]?.closed;
  });

  it("ends the stream with an error when the service falls silent in the middle", async () => {
    await using server = await startBareServer((_, response) => response.write("begin"));
    const deadlines = { firstByteMs: 10_000, idleMs: 50 };

    const stream = await synthesizerAt(server.url, deadlines).synthesize(REQUEST, never());

    await expect(textOf(stream)).rejects.toMatchObject({ code: "speech-unavailable" });
  });

  it("ends the stream with an error when the connection is cut in the middle", async () => {
    await using server = await startBareServer((_, response) => {
      response.write("begin", () => response.destroy());
    });

    const stream = await synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(textOf(stream)).rejects.toMatchObject({ code: "speech-unavailable" });
  });

  it("reports a refused connection as speech-unavailable", async () => {
    const server = await startBareServer(() => undefined);
    await server[Symbol.asyncDispose]();

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, never());

    await expect(attempt).rejects.toMatchObject({ code: "speech-unavailable" });
  });

  it("hangs up at once when the caller aborts before the first audio", async () => {
    const hangUp = new AbortController();
    await using server = await startBareServer(() => hangUp.abort(new Error("gone")));

    const attempt = synthesizerAt(server.url).synthesize(REQUEST, hangUp.signal);

    await expect(attempt).rejects.toThrow("gone");
    await server.calls[0]?.closed;
  });

  it("hangs up at once when the stream is left", async () => {
    await using server = await startBareServer((_, response) => response.write("begin"));
    const stream = await synthesizerAt(server.url).synthesize(REQUEST, never());

    await stream.cancel();

    await expect(server.calls[0]?.closed).resolves.toBeUndefined();
  });
});
