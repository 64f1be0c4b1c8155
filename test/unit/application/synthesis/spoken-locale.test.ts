import { describe, expect, it } from "vitest";
import type { LexiconLookup } from "../../../../src/application/ports/lexicon-lookup.ts";
import type {
  TextTranslator,
  TranslationRequest,
} from "../../../../src/application/ports/text-translator.ts";
import type { ResolvedVoice } from "../../../../src/application/ports/voice-resolver.ts";
import { SaxesSsmlParser } from "../../../../src/adapters/ssml/saxes-ssml-parser.ts";
import { makePrepareSynthesis } from "../../../../src/application/synthesis/prepare-synthesis.ts";
import { makeTranslateRequest } from "../../../../src/application/synthesis/translate-request.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { LIST_PRICES } from "../../../../src/domain/speech/price-table.ts";
import { noLexicons, SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const KATJA = { voiceName: "de-DE-KatjaNeural", locale: "de-DE", locales: ["de-DE"] } as const;
const MULTILINGUAL = { locale: "en-US", locales: ["en-US", "de-AT", "de-DE"] } as const;

/** Translates every text to itself and remembers what it was asked for. */
function recordingTranslator() {
  const requests: TranslationRequest[] = [];
  const translator: TextTranslator = {
    translate: async (request) => {
      requests.push(request);
      const { texts, to } = request;
      return texts.map((text) => ({ text, from: "en", to, billedCharacters: text.length }));
    },
    languages: async () => [],
  };
  return { translator, requests };
}

/** Remembers the locales that pronunciations were looked up for. */
function recordingLookup() {
  const locales: string[] = [];
  const lookup: LexiconLookup = {
    open: async () => ({
      matcherFor: (locale) => {
        locales.push(locale);
        return undefined;
      },
    }),
  };
  return { lookup, locales };
}

async function spoken(voice: Partial<ResolvedVoice>, wishes: Parameters<typeof asking>[1]) {
  const synthesizer = recordingSynthesizer(() => [silence(10)]);
  const { translator } = recordingTranslator();
  const { lookup, locales } = recordingLookup();
  const { speak } = speakingWith(synthesizer, { voice, translator, lookup });
  const { prepared } = await speak(SPEAKER, asking("world", wishes), never());
  const ssml = synthesizer.requests[0]?.ssml ?? "";
  return { prepared, lookedUp: new Set(locales), said: ssml.slice(ssml.indexOf("<voice")) };
}

describe("a translated text", () => {
  it.each([
    ["in the voice's own region", KATJA, { translation: { to: "de" } }, "de-DE"],
    ["in the usual region of a multilingual voice", MULTILINGUAL, { translation: { to: "de" } }, "de-DE"],
    [
      "in the region that the request names",
      MULTILINGUAL,
      { locale: "de-AT", translation: { to: "de" } },
      "de-AT",
    ],
    ["in the mere language that the voice does not speak", KATJA, { translation: { to: "fr" } }, "fr"],
  ] as const)("keeps and finds the words of the lexicon %s", async (...row) => {
    const [, voice, wishes, locale] = row;
    const { prepared, lookedUp } = await spoken(voice, wishes);

    expect(prepared.locale).toBe(locale);
    expect(lookedUp).toEqual(new Set([locale]));
  });

  it("is not paid for when there is no such voice", async () => {
    const { translator, requests } = recordingTranslator();
    const prepare = makePrepareSynthesis({
      voices: { resolve: () => Promise.reject(new ServiceError("voice-not-found", "none")) },
      parser: new SaxesSsmlParser(),
      lookup: noLexicons,
      translateRequest: makeTranslateRequest(translator),
      prices: LIST_PRICES,
      maxTextCharacters: 100,
    });

    const attempt = prepare(SPEAKER, asking("world", { translation: { to: "de" } }), never());

    await expect(attempt).rejects.toMatchObject({ code: "voice-not-found" });
    expect(requests).toEqual([]);
  });

  it("is not paid for when the voice takes no such instructions", async () => {
    const { translator, requests } = recordingTranslator();
    const { speak } = speakingWith(
      recordingSynthesizer(() => []),
      { translator },
    );
    const wishes = { instructions: "Whisper.", translation: { to: "de" } };

    await expect(speak(SPEAKER, asking("world", wishes), never())).rejects.toMatchObject({
      code: "request-invalid",
    });
    expect(requests).toEqual([]);
  });
});

describe("the locale of a request", () => {
  it("is forced on a voice of several languages, inside its prosody", async () => {
    const { said, prepared } = await spoken(MULTILINGUAL, { locale: "de-DE", style: { rate: "fast" } });

    expect(said).toContain('<prosody rate="fast"><lang xml:lang="de-DE">world</lang></prosody>');
    expect(prepared.warnings).toEqual([]);
  });

  it("is not written for a voice of one language, nor where none is asked for", async () => {
    const [own, none] = [await spoken(KATJA, { locale: "de-DE" }), await spoken(MULTILINGUAL, {})];

    expect([own.said, none.said].join()).not.toContain("<lang");
    expect([...own.prepared.warnings, ...none.prepared.warnings]).toEqual([]);
  });

  it.each([
    ["zz-ZZ", MULTILINGUAL],
    ["en-US", KATJA],
  ])(
    "%s is warned about when the voice does not speak it, and refused when to be strict",
    async (locale, voice) => {
      const { prepared, said } = await spoken(voice, { locale });
      const strict = spoken(voice, { locale, strict: true });

      expect(prepared.warnings).toMatchObject([{ code: "locale-unsupported", field: "locale" }]);
      expect(said).not.toContain("<lang");
      await expect(strict).rejects.toMatchObject({ errors: [{ field: "locale" }] });
    },
  );

  it("leaves SSML as it is", async () => {
    const value = "<speak><lang xml:lang='de-AT'>world</lang> here</speak>";
    const { said } = await spoken(MULTILINGUAL, { content: { kind: "ssml", value }, locale: "de-DE" });

    expect(said).toContain('<lang xml:lang="de-AT">world</lang> here</voice>');
  });
});
