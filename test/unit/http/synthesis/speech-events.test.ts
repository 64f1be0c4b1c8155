import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { streamOf } from "../../../../src/http/synthesis/event-stream.ts";
import { eventBytes, speechEvents } from "../../../../src/http/synthesis/speech-events.ts";
import { wantedMediaType } from "../../../../src/http/synthesis/wanted-media-type.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

function kindOf(accept: string): string {
  return wantedMediaType(
    new Request("http://localhost", { headers: { accept } }),
    ["application/json"],
    "audio",
  );
}

const never = () => new AbortController().signal;

describe("speech as server-sent events", () => {
  it("ends with an error event when the service breaks off in the middle", async () => {
    const failure = new ServiceError("speech-unavailable", "The service broke off.");
    const synthesizer = recordingSynthesizer(() => [silence(10), failure]);
    const stream = await speakingWith(synthesizer).speakStream(SPEAKER, asking("Hello"), never());

    const names: string[] = [];
    let last: object = {};
    const failures: unknown[] = [];
    for await (const { event, data } of speechEvents(stream, "req_1", (error) => failures.push(error))) {
      names.push(event);
      last = data;
    }

    expect(failures).toEqual([failure]);
    expect(names).toEqual(["start", "audio", "error"]);
    expect(last).toMatchObject({ code: "speech-unavailable", retryable: true, requestId: "req_1" });
  });

  it("writes each event as two lines and an empty one", () => {
    const bytes = eventBytes({ event: "audio", data: { audio: "AA==\n" } });

    expect(new TextDecoder().decode(bytes)).toBe('event: audio\ndata: {"audio":"AA==\\n"}\n\n');
  });
});

describe("a body made of events", () => {
  it("fails when the events fail, so that nobody takes a part for the whole", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10), new Error("cut")]);
    const hangUp = new AbortController();
    const { events } = await speakingWith(synthesizer).speakStream(SPEAKER, asking("Hello"), hangUp.signal);

    const body = streamOf(events, (event) => (event.kind === "audio" ? event.bytes : undefined), {
      hangUp,
      signal: hangUp.signal,
    });

    await expect(new Response(body).arrayBuffer()).rejects.toThrow("cut");
  });

  it("ends the upstream call when a client who does not read hangs up", async () => {
    const synthesizer = recordingSynthesizer(() => Array.from({ length: 100 }, () => silence(10)));
    const hangUp = new AbortController();
    const request = asking("Hello", { cache: "bypass" });
    const { events } = await speakingWith(synthesizer).speakStream(SPEAKER, request, hangUp.signal);
    const listening = { hangUp, signal: hangUp.signal };
    const body = streamOf(events, () => new Uint8Array(1), listening);

    await body.cancel();

    await expect.poll(() => synthesizer.hangUps(), { interval: 1, timeout: 10_000 }).toBe(1);
  });
});

describe("the kind of answer", () => {
  it.each([
    ["application/json", "application/json"],
    ["text/html, application/json;q=0.9", "application/json"],
    ["audio/mpeg", "audio"],
    ["*/*", "audio"],
    ["application/json;q=0", "audio"],
    ["", "audio"],
  ])("for Accept: %s is %s", (accept, kind) => {
    expect(kindOf(accept)).toBe(kind);
  });
});
