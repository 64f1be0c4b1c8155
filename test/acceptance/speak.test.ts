import { beforeAll, describe, expect, inject, it } from "vitest";
import { acceptanceToken } from "../support/acceptance-token.ts";

const baseUrl = inject("baseUrl");
let token: string;

beforeAll(async () => {
  token = await acceptanceToken(inject("dataDirectory"));
});

function speak(body: object, path = "/api/v1/synthesis/speak"): Promise<Response> {
  return fetch(`${baseUrl}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const HELLO = { text: "Hello from your own tenant.", voice: "en-US-AvaMultilingualNeural" };

describe("speaking", () => {
  it.each([
    ["mp3", "audio/mpeg"],
    ["wav", "audio/wav"],
    ["pcm", "audio/pcm"],
  ])("answers a text as %s", async (format, contentType) => {
    const response = await speak({ ...HELLO, format });
    const audio = new Uint8Array(await response.arrayBuffer());

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(contentType.split(";")[0]);
    expect(Number(response.headers.get("x-audio-duration-ms"))).toBeGreaterThan(500);
    expect(audio.length).toBeGreaterThan(5_000);
  });

  it("streams a text in several chunks, the first before the synthesis has ended", async () => {
    const text = Array.from({ length: 40 }, (_, index) => `This is sentence number ${index + 1}.`).join(" ");
    const response = await speak({ ...HELLO, text, format: "mp3" }, "/api/v1/synthesis/speak/stream");
    const arrivals: number[] = [];
    for await (const chunk of response.body ?? []) {
      arrivals.push(chunk.length);
    }

    expect(response.status).toBe(200);
    expect(arrivals.length).toBeGreaterThan(5);
  });

  it.each([
    { flaw: "an empty text", body: { ...HELLO, text: "" }, status: 422 },
    { flaw: "a text that is no string", body: { ...HELLO, text: 5 }, status: 422 },
    { flaw: "a text over the limit", body: { ...HELLO, text: "a ".repeat(60_000) }, status: 422 },
    { flaw: "an unknown format", body: { ...HELLO, format: "midi" }, status: 422 },
    { flaw: "an unknown voice", body: { ...HELLO, voice: "en-US-NobodyNeural" }, status: 404 },
    { flaw: "the id of no voice", body: { text: "Hi", voiceId: "voice_nobody" }, status: 404 },
  ])("refuses $flaw with a problem document that says what to do", async ({ body, status }) => {
    const response = await speak(body);

    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      status,
      code: expect.any(String),
      requestId: response.headers.get("x-request-id"),
      recovery: [expect.any(String)],
    });
  });

  it("refuses a request without a token, with what to do", async () => {
    const response = await fetch(`${baseUrl}/api/v1/synthesis/speak`, { method: "POST", body: "{}" });

    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    expect(await response.json()).toMatchObject({ code: "token-missing" });
  });
});
