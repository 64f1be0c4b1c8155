import { describe, expect, it } from "vitest";
import type {
  SpeechEvent,
  SpeechSynthesizer,
  SynthesisRequest,
} from "../../../src/application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";

const NAMESPACES =
  'version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="en-US"';

function speaking(inner: string, voiceName = "en-US-AvaMultilingualNeural"): SynthesisRequest {
  return {
    ssml: `<speak ${NAMESPACES}><voice name="${voiceName}">${inner}</voice></speak>`,
    outputFormat: "raw-16khz-16bit-mono-pcm",
    target: { kind: "standard" },
    voiceName,
  };
}

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
  }
  return sizeBytes;
}

async function eventsOf(iterable: AsyncIterable<SpeechEvent>): Promise<readonly SpeechEvent[]> {
  const events: SpeechEvent[] = [];
  for await (const event of iterable) {
    events.push(event);
  }
  return events;
}

const limited = () => AbortSignal.timeout(20_000);

/** What every {@link SpeechSynthesizer} promises, whatever stands behind it. */
export function speechSynthesizerContract(name: string, synthesizer: () => SpeechSynthesizer): void {
  describe(`${name}, as a speech synthesizer`, () => {
    it("streams audio", async () => {
      const stream = await synthesizer().synthesize(speaking("Hello world."), limited());

      expect(await sizeOf(stream)).toBeGreaterThan(16_000);
    });

    it("streams the same audio with words at ascending times", async () => {
      const request = { ...speaking("Hello brave new world."), visemes: false };

      const events = await eventsOf(synthesizer().synthesizeWithEvents(request, limited()));

      const words = events.flatMap((event) => (event.kind === "word" ? [event] : []));
      const sizeBytes = events.reduce(
        (sum, event) => sum + (event.kind === "audio" ? event.bytes.length : 0),
        0,
      );
      expect(words.map(({ text }) => text)).toEqual(["Hello", "brave", "new", "world"]);
      expect(words.map(({ startMs }) => startMs)).toEqual(
        words.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
      );
      expect(Math.max(...words.map(({ startMs, durationMs }) => startMs + durationMs))).toBeLessThanOrEqual(
        sizeBytes / 32 + 50,
      );
    });

    it("reports visemes only when asked for", async () => {
      const request = speaking("Hello world.");

      const without = await eventsOf(
        synthesizer().synthesizeWithEvents({ ...request, visemes: false }, limited()),
      );
      const withThem = await eventsOf(
        synthesizer().synthesizeWithEvents({ ...request, visemes: true }, limited()),
      );

      expect(without.filter(({ kind }) => kind === "viseme")).toEqual([]);
      expect(withThem.filter(({ kind }) => kind === "viseme").length).toBeGreaterThan(3);
    });

    it("reports bookmarks between the words that they stand between", async () => {
      const request = {
        ...speaking('One <bookmark mark="middle"/>two. <bookmark mark="end"/>'),
        visemes: false,
      };

      const events = await eventsOf(synthesizer().synthesizeWithEvents(request, limited()));

      const marks = events.flatMap((event) => (event.kind === "bookmark" ? [event] : []));
      const [one, two] = events.flatMap((event) => (event.kind === "word" ? [event.startMs] : []));
      expect(marks.map(({ mark }) => mark)).toEqual(["middle", "end"]);
      expect(marks[0]?.startMs).toBeGreaterThan(one ?? Infinity);
      expect(marks[0]?.startMs).toBeLessThanOrEqual((two ?? 0) + 50);
      expect(marks[1]?.startMs).toBeGreaterThan(two ?? Infinity);
    });

    it.each([
      ["a voice that does not exist", speaking("Hello", "en-US-NobodyNeural")],
      ["SSML that is not well-formed", { ...speaking("Hello"), ssml: "<speak>" }],
    ])("refuses %s as ssml-invalid, with and without events", async (_, request) => {
      const plain = synthesizer().synthesize(request, limited());
      const withEvents = eventsOf(
        synthesizer().synthesizeWithEvents({ ...request, visemes: false }, limited()),
      );

      await expect(plain).rejects.toMatchObject({ code: "ssml-invalid" });
      await expect(withEvents).rejects.toMatchObject({ code: "ssml-invalid" });
    });

    it("ends at once when the caller aborts", async () => {
      const hangUp = new AbortController();
      const request = { ...speaking("One sentence after another. ".repeat(40)), visemes: false };

      const events = synthesizer().synthesizeWithEvents(request, hangUp.signal)[Symbol.asyncIterator]();
      await events.next();
      hangUp.abort(new ServiceError("request-timed-out", "The listener left."));

      await expect(drained(events)).rejects.toThrow("The listener left.");
    });

    it("speaks again after a synthesis that was left in the middle", async () => {
      const long = { ...speaking("One sentence after another. ".repeat(40)), visemes: false };
      for await (const event of synthesizer().synthesizeWithEvents(long, limited())) {
        expect(event).toBeDefined();
        break;
      }

      const events = await eventsOf(
        synthesizer().synthesizeWithEvents({ ...speaking("Hello."), visemes: false }, limited()),
      );

      expect(events.some(({ kind }) => kind === "audio")).toBe(true);
    });

    it("speaks many requests at once, each with its own words", async () => {
      const texts = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"];

      const results = await Promise.all(
        texts.map((text) =>
          eventsOf(synthesizer().synthesizeWithEvents({ ...speaking(text), visemes: false }, limited())),
        ),
      );

      expect(
        results.map((events) => events.flatMap((event) => (event.kind === "word" ? [event.text] : []))),
      ).toEqual(texts.map((text) => [text]));
    });
  });
}

async function drained(events: AsyncIterator<SpeechEvent>): Promise<void> {
  for (let result = await events.next(); result.done !== true; result = await events.next()) {
    // Until it ends or fails.
  }
}
