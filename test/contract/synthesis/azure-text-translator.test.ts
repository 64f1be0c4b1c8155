import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import { startTranslator } from "../../../local/translator/start-translator.ts";
import { AzureTextTranslator } from "../../../src/adapters/translator/azure-text-translator.ts";

let translator: Awaited<ReturnType<typeof startTranslator>>;

beforeAll(async () => {
  translator = await startTranslator({ port: 0, key: "local-key", control: createControl() });
});

afterAll(async () => {
  await translator.close();
});

function clientWith(key: string, endpoint = translator.url, timeoutMs = 5_000) {
  return new AzureTextTranslator({
    endpoint,
    region: "local",
    credential: { kind: "key", key },
    timeoutMs,
  });
}

const never = () => new AbortController().signal;
const request = { from: "en", to: "de", keep: [] };

describe("Azure Translator", () => {
  it("translates texts in their order", async () => {
    const texts = ["Hello", "Good morning"];

    const translations = await clientWith("local-key").translate({ ...request, texts }, never());

    expect(translations.map(({ text }) => text)).toEqual(["Hallo", "Guten morgen"]);
    expect(translations[0]).toMatchObject({ from: "en", to: "de", billedCharacters: 5 });
  });

  it("tells the language that it detected", async () => {
    const [translation] = await clientWith("local-key").translate(
      { ...request, from: undefined, texts: ["Good morning"] },
      never(),
    );

    expect(translation).toMatchObject({ from: "en" });
  });

  it("leaves words alone that must be kept, and characters that mean something in HTML", async () => {
    const [translation] = await clientWith("local-key").translate(
      { ...request, texts: ["Hello Contoso & <Hello>"], keep: ["Contoso", "Hello>"] },
      never(),
    );

    expect(translation?.text).toContain("Contoso & <Hello>");
    expect(translation?.text).not.toContain("span");
  });

  it("translates a text of any length in pieces", async () => {
    const [translation] = await clientWith("local-key").translate(
      { ...request, texts: ["Hello. ".repeat(2_000)] },
      never(),
    );

    expect(translation?.text.match(/Hallo/g)).toHaveLength(2_000);
  });

  it("lists languages", async () => {
    const languages = await clientWith("local-key").languages(never());

    expect(languages).toContainEqual(expect.objectContaining({ code: "de", direction: "ltr" }));
    expect(languages).toContainEqual(expect.objectContaining({ code: "ar", direction: "rtl" }));
  });

  it("refuses a language that does not exist as language-unsupported", async () => {
    const attempt = clientWith("local-key").translate({ ...request, to: "xx", texts: ["Hello"] }, never());

    await expect(attempt).rejects.toMatchObject({ code: "language-unsupported" });
  });

  it("tells a wrong key as translation-unauthorized", async () => {
    const attempt = clientWith("wrong").translate({ ...request, texts: ["Hello"] }, never());

    await expect(attempt).rejects.toMatchObject({ code: "translation-unauthorized" });
  });

  it("tells a service that is not there as translation-unavailable", async () => {
    const attempt = clientWith("local-key", "http://127.0.0.1:1", 100).translate(
      { ...request, texts: ["Hello"] },
      never(),
    );

    await expect(attempt).rejects.toMatchObject({ code: "translation-unavailable" });
  });
});
