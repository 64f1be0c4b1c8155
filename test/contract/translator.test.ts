import TextTranslationClient, { isUnexpected } from "@azure-rest/ai-translation-text";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../local/faults/control.ts";
import type { RunningStandIn } from "../../local/stand-in/server.ts";
import { startTranslator } from "../../local/translator/start-translator.ts";

const KEY = "translator-key";
const control = createControl();
let translator: RunningStandIn;

beforeAll(async () => {
  translator = await startTranslator({ port: 0, key: KEY, control });
});

afterAll(() => translator.close());

afterEach(() => control.faults.clear());

function client(key = KEY): ReturnType<typeof TextTranslationClient> {
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  return TextTranslationClient(translator.url, { key, region: "westeurope" }, options);
}

function languagesUrl(query = ""): string {
  return `${translator.url}/languages?api-version=2026-06-06${query}`;
}

async function translate(text: string, to: string, input: object = {}): Promise<unknown> {
  const answer = await client()
    .path("/translate")
    .post({ body: { inputs: [{ text, targets: [{ language: to }], ...input }] } });
  if (isUnexpected(answer)) {
    throw new Error(JSON.stringify(answer.body));
  }
  return answer.body.value[0];
}

function send(
  body: string,
  init: { headers?: object; query?: string; method?: string } = {},
): Promise<Response> {
  const { headers = {}, query = "api-version=2026-06-06", method = "POST" } = init;
  const all = { "ocp-apim-subscription-key": KEY, "content-type": "application/json", ...headers };
  return fetch(`${translator.url}/translate?${query}`, {
    method,
    headers: new Headers(Object.entries(all)),
    ...(method !== "GET" && { body }),
  });
}

describe("the official Translator client", () => {
  it("gets a translation of what the dictionary holds", async () => {
    const value = await translate("Hello!", "fr", { language: "en" });

    expect(value).toEqual({ translations: [{ language: "fr", text: "Bonjour!", sourceCharacters: 6 }] });
  });

  it("gets several targets and the characters billed", async () => {
    const targets = [{ language: "de" }, { language: "es" }];

    const answer = await client()
      .path("/translate")
      .post({ body: { inputs: [{ text: "Thank you", language: "en", targets }] } });

    expect(answer.headers).toMatchObject({ "x-metered-usage": "18", "x-mt-system": "Microsoft" });
    expect(answer.body).toMatchObject({
      value: [{ translations: [{ text: "Danke" }, { text: "Gracias" }] }],
    });
  });

  it("gets a marked text when the dictionary does not hold all of it", async () => {
    const value = await translate("Hello umbrella", "de", { language: "en" });

    expect(value).toMatchObject({ translations: [{ text: "[de] Hallo umbrella" }] });
  });

  it.each([
    ["Bonjour le monde", "fr"],
    ["Guten Morgen", "de"],
    ["Привет, мир", "ru"],
    ["こんにちは", "ja"],
    ["¿Qué?", "es"],
    ["Xyzzy", "en"],
  ])("is told the language of %j", async (text, language) => {
    const value = await translate(text, "en");

    expect(value).toMatchObject({ detectedLanguage: { language, score: expect.any(Number) } });
  });

  it("keeps tags, entities and what must not be translated", async () => {
    const html = `<p title="voice">Hello &amp; <b>voice</b> <span class="x notranslate">world</span></p>`;

    const value = await translate(html, "fr", { language: "en", textType: "Html" });

    expect(value).toHaveProperty(
      "translations.0.text",
      `<p title="voice">Bonjour &amp; <b>voix</b> <span class="x notranslate">world</span></p>`,
    );
  });

  it("lists the languages", async () => {
    const answer = await client().path("/languages").get();

    expect(answer.body).toMatchObject({
      translation: { fr: { name: "French", nativeName: "français", dir: "ltr" }, ar: { dir: "rtl" } },
      models: ["general"],
    });
  });

  it("is refused with a wrong key", async () => {
    const answer = await client("wrong")
      .path("/translate")
      .post({ body: { inputs: [{ text: "Hello", targets: [{ language: "fr" }] }] } });

    expect(answer.status).toBe("401");
    expect(answer.body).toMatchObject({ error: { code: 401000 } });
  });

  it("is refused without a region", async () => {
    const options = { allowInsecureConnection: true };

    const answer = await TextTranslationClient(translator.url, { key: KEY }, options)
      .path("/translate")
      .post({ body: { inputs: [{ text: "Hello", targets: [{ language: "fr" }] }] } });

    expect(answer.status).toBe("401");
  });

  it("hears of throttling", async () => {
    control.faults.add({ service: "translator", action: { kind: "throttle", retryAfterSeconds: 1 } });

    const answer = await client()
      .path("/translate")
      .post({ body: { inputs: [{ text: "Hello", targets: [{ language: "fr" }] }] } });

    expect(answer.status).toBe("429");
    expect(answer.body).toMatchObject({ error: { code: 429000 } });
  });
});

describe("the languages", () => {
  it("need no key", async () => {
    const answer = await fetch(languagesUrl());

    expect(answer.status).toBe(200);
  });

  it("are not sent again to a client that has them", async () => {
    const { headers } = await fetch(languagesUrl());

    const answer = await fetch(languagesUrl(), { headers: { "if-none-match": headers.get("etag") ?? "" } });

    expect(answer.status).toBe(304);
  });

  it("have names in the client's language", async () => {
    const answer = await fetch(languagesUrl(), { headers: { "accept-language": "de-DE,de;q=0.9" } });

    expect(await answer.json()).toMatchObject({ translation: { fr: { name: "Französisch" } } });
  });

  it("come in the scopes asked for", async () => {
    const answer = await fetch(languagesUrl("&scope=models"));

    expect(await answer.json()).toEqual({ models: ["general"] });
  });

  it("refuse an unknown scope", async () => {
    const answer = await fetch(languagesUrl("&scope=dictionary"));

    expect(await answer.json()).toMatchObject({ error: { code: 400001 } });
  });
});

describe("a translation", () => {
  const target = { language: "fr" };
  const ok = { text: "Hello", targets: [target] };

  it.each([
    [400000, {}],
    [400000, { inputs: [] }],
    [400000, [{ Text: "Hello" }]],
    [400005, { inputs: [{ targets: [target] }] }],
    [400005, { inputs: [{ text: 5, targets: [target] }] }],
    [400036, { inputs: [{ text: "Hello" }] }],
    [400036, { inputs: [{ text: "Hello", targets: [] }] }],
    [400036, { inputs: [{ text: "Hello", targets: [{}] }] }],
    [400036, { inputs: [{ text: "Hello", targets: [{ language: "xx" }] }] }],
    [400035, { inputs: [{ ...ok, language: "xx" }] }],
    [400071, { inputs: [{ ...ok, textType: "Markdown" }] }],
    [400073, { inputs: [{ ...ok, language: "ja", script: "Latn" }] }],
    [400042, { inputs: [{ text: "Hello", targets: [{ ...target, profanityAction: "Deleted" }] }] }],
    [400042, { inputs: [{ text: "Hello", targets: [{ ...target, tone: "formal" }] }] }],
    [400042, { inputs: [{ text: "Hello", targets: [{ ...target, gender: "female" }] }] }],
    [400079, { inputs: [{ text: "Hello", targets: [{ ...target, deploymentName: "gpt" }] }] }],
    [400072, { inputs: Array.from({ length: 1001 }, () => ok) }],
    [400050, { inputs: [{ text: "a".repeat(25_001), targets: [target, { language: "de" }] }] }],
    [400077, { inputs: [ok, { text: "a".repeat(50_000), targets: [target] }] }],
  ])("is refused with %i", async (code, body) => {
    const answer = await send(JSON.stringify(body));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it.each([
    ["no JSON", 400074, {}],
    ["a content type other than JSON", 415000, { headers: { "content-type": "text/plain" } }],
    ["the version 3.0", 400021, { query: "api-version=3.0" }],
    ["no version", 400021, { query: "" }],
    ["a GET", 405000, { method: "GET" }],
    ["a trace id that is no UUID", 400043, { headers: { "x-clienttraceid": "1" } }],
  ])("is refused for %s", async (_name, code, init) => {
    const answer = await send("{", init);

    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it("of exactly 50,000 characters passes", async () => {
    const answer = await send(JSON.stringify({ inputs: [{ text: "a".repeat(50_000), targets: [target] }] }));

    expect(answer.status).toBe(200);
  });

  it("is served below the path of a resource's own host as well", async () => {
    const answer = await fetch(`${translator.url}/translator/text/translate?api-version=2026-06-06`, {
      method: "POST",
      headers: { "ocp-apim-subscription-key": KEY, "content-type": "application/json" },
      body: JSON.stringify({ inputs: [ok] }),
    });

    expect(answer.status).toBe(200);
  });

  it("keeps the same text in the same language as it is", async () => {
    const value = await translate("Hello umbrella", "en", { language: "en" });

    expect(value).toMatchObject({ translations: [{ text: "Hello umbrella" }] });
  });
});
