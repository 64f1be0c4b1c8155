import { describe, expect, it } from "vitest";
import type { ValidateRequest } from "../../../../src/application/lexicon/validate-lexicon.ts";
import { lexiconWorld, type LexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

async function validate(
  world: LexiconWorld,
  request: Partial<ValidateRequest> & Pick<ValidateRequest, "content">,
) {
  const report = await world.useCases.validateLexicon(
    world.user,
    { locale: "en-US", lexicons: undefined, voice: undefined, ...request },
    new AbortController().signal,
  );
  const { value } = request.content;
  return {
    ...report,
    found: report.matches.map(
      ({ start, end, reason }) => `${value.slice(start, end)}: ${reason ?? "spoken"}`,
    ),
  };
}

describe("validating a lexicon", () => {
  it("tells what is spoken, what is not and why", async () => {
    const world = lexiconWorld();
    await world.create({ grapheme: "SQL", alias: "sequel" });
    await world.create({ grapheme: "rue", phoneme: "ʁy" });
    await world.create({ grapheme: "mg", alias: "milligram", enabled: false });
    await world.create({ grapheme: "Jänner", alias: "January", locale: "de-AT" });

    const { found, matches, ssml, revisionKey } = await validate(world, {
      content: { kind: "text", value: "SQL, rue, mg & Jänner" },
    });

    expect(found).toEqual(["SQL: spoken", "rue: phoneme-invalid", "mg: disabled", "Jänner: locale-differs"]);
    expect(matches[1]?.phoneIssues).toMatchObject([{ phone: "ʁ", suggestion: "ɹ" }, { phone: "y" }]);
    expect(ssml).toContain('<sub alias="sequel">SQL</sub>, rue, mg &amp; Jänner');
    expect(revisionKey).toBe("default@4");
  });

  it("minds what the voice obeys, and speaks with it", async () => {
    const world = lexiconWorld();
    await world.create({ grapheme: "tomato", phoneme: "təˈmeɪtoʊ" });

    const { found, ssml } = await validate(world, {
      content: { kind: "text", value: "tomato" },
      locale: undefined,
      voice: { kind: "own", voiceId: "voice_1" },
    });

    expect(found).toEqual(["tomato: phonemes-unsupported"]);
    expect(ssml).toContain('<voice name="DragonLatestNeural">');
  });

  it("applies to the texts of SSML alone, with offsets into the document as sent", async () => {
    const world = lexiconWorld();
    await world.create({ grapheme: "SQL", alias: "sequel" });
    const value =
      '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">R&amp;D <sub alias="SQL">SQL</sub> <say-as interpret-as="characters">SQL</say-as> <emphasis>SQL</emphasis></speak>';

    const { found, matches, ssml } = await validate(world, { content: { kind: "ssml", value } });

    expect(found).toEqual(["SQL: spoken"]);
    expect(matches[0]?.start).toBe(value.lastIndexOf("SQL"));
    expect(ssml).toContain('<emphasis><sub alias="sequel">SQL</sub></emphasis>');
  });

  it("uses the lexicons of the request, and none for an empty list", async () => {
    const world = lexiconWorld();
    await world.create({ grapheme: "mg", alias: "milligram" }, "medical");
    const content = { kind: "text", value: "mg" } as const;

    expect((await validate(world, { content })).found).toEqual([]);
    expect((await validate(world, { content, lexicons: ["medical"] })).found).toEqual(["mg: spoken"]);
    expect((await validate(world, { content, lexicons: [] })).found).toEqual([]);
  });

  it("needs a language, well-formed SSML and a text within the limit", async () => {
    const world = lexiconWorld();

    await expect(
      validate(world, { content: { kind: "text", value: "a" }, locale: undefined }),
    ).rejects.toMatchObject({ code: "request-invalid", errors: [{ field: "locale" }] });
    await expect(validate(world, { content: { kind: "ssml", value: "<speak>" } })).rejects.toMatchObject({
      code: "ssml-invalid",
    });
    await expect(
      validate(world, { content: { kind: "text", value: "a".repeat(1001) } }),
    ).rejects.toMatchObject({ code: "text-too-long" });
  });
});
