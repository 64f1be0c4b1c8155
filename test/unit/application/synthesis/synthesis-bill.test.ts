import { describe, expect, it } from "vitest";
import type { TextTranslator } from "../../../../src/application/ports/text-translator.ts";
import { speechEvents } from "../../../../src/http/synthesis/speech-events.ts";
import { speechHeaders } from "../../../../src/http/synthesis/speech-headers.ts";
import { speechJson } from "../../../../src/http/synthesis/speech-json.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const CHARACTERS = 100;

/** Translates every text to itself, at the price of its characters. */
const translator: TextTranslator = {
  translate: async ({ texts, to }) =>
    texts.map((text) => ({ text, from: "en", to, billedCharacters: text.length })),
  languages: async () => [],
};

/** Prices per million characters: 15 for speech, 10 for translation. */
const text = "a".repeat(CHARACTERS);

function speakingOfTranslations() {
  return speakingWith(
    recordingSynthesizer(() => [silence(10)]),
    { translator },
  );
}

/** Spoken twice, so that the second one is a hit. */
async function spokenTwice(request = asking(text)) {
  const speaking = speakingOfTranslations();
  const first = await speaking.speak(SPEAKER, request, never());
  await first.kept;
  const second = await speaking.speak(SPEAKER, request, never());
  await second.kept;
  return { ...speaking, first, second };
}

const translated = asking(text, { translation: { to: "de" } });

describe("the bill of a synthesis", () => {
  it("asks nothing for speech from the cache, in answer, header and history alike", async () => {
    const { first, second, records } = await spokenTwice();

    const entry = await records.read(SPEAKER.id, second.id);

    expect([first.cache, second.cache]).toEqual(["miss", "hit"]);
    expect(speechJson(first, [])).toMatchObject({ charactersBilled: CHARACTERS, cost: { amount: 0.0015 } });
    expect(speechJson(second, [])).toMatchObject({ charactersBilled: 0, cost: { amount: 0 } });
    expect(speechHeaders(second)["x-characters-billed"]).toBe("0");
    expect(entry).toMatchObject({ charactersBilled: 0, cost: { amount: 0 } });
  });

  it("asks for the translation also where the speech is in the cache", async () => {
    const { first, second, records, usage } = await spokenTwice(translated);

    const entry = await records.read(SPEAKER.id, second.id);
    const [day] = (await usage.query({ partition: SPEAKER.id, limit: 10 })).items;

    expect(speechJson(first, []).cost).toMatchObject({ amount: 0.0025 });
    expect(speechJson(second, [])).toMatchObject({ charactersBilled: 0, cost: { amount: 0.001 } });
    expect(entry).toMatchObject({ cost: { amount: 0.001 } });
    expect(day).toMatchObject({ cost: 0.0035, cacheHits: 1 });
  });

  it("is the same in the events of a stream", async () => {
    const { speak, speakStream } = speakingOfTranslations();
    const { kept } = await speak(SPEAKER, translated, never());
    await kept;

    const stream = await speakStream(SPEAKER, translated, never());
    const events: object[] = [];
    for await (const { event, data } of speechEvents(stream, "req_1", () => undefined)) {
      events.push({ event, ...data });
    }

    expect(speechHeaders(stream)["x-characters-billed"]).toBe("0");
    expect(events.at(-1)).toMatchObject({ event: "done", charactersBilled: 0, cost: { amount: 0.001 } });
  });
});
