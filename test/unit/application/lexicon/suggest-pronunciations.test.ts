import { describe, expect, it } from "vitest";
import type {
  PronunciationSuggester,
  ProposedPronunciation,
} from "../../../../src/application/ports/pronunciation-suggester.ts";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

const signal = new AbortController().signal;

/** Proposes what it was given, and remembers for which words it was asked. */
function suggesterOf(proposals: readonly ProposedPronunciation[]) {
  const asked: (readonly string[])[] = [];
  const suggester: PronunciationSuggester = {
    suggest: async (words) => {
      asked.push(words);
      return proposals;
    },
  };
  return { asked, suggester };
}

describe("suggesting pronunciations", () => {
  it("asks for hard words that the lexicon does not know", async () => {
    const { asked, suggester } = suggesterOf([]);
    const { create, useCases, user } = lexiconWorld({ suggester });
    await create({ grapheme: "NASA", alias: "nasa" });

    await useCases.suggestPronunciations(
      user,
      { text: "We met Siobhan at NASA. Nobody knew GraphQL or K8s.", locale: "en-US", lexicons: undefined },
      signal,
    );

    expect(asked).toEqual([["Siobhan", "GraphQL", "K8s"]]);
  });

  it("shows only what a voice of the locale could speak, and stores nothing", async () => {
    const { suggester } = suggesterOf([
      { word: "Siobhan", ipa: "ʃɪˈvɔn", alias: "shi vawn", reason: "Irish" },
      { word: "GraphQL", alias: "graph Q L", reason: "product" },
      { word: "K8s", ipa: "ky", reason: "" },
      { word: "Paris", alias: "not asked for", reason: "" },
    ]);
    const { useCases, user, graphemes } = lexiconWorld({ suggester });

    const report = await useCases.suggestPronunciations(
      user,
      { text: "We met Siobhan and GraphQL and K8s.", locale: "en-US", lexicons: [] },
      signal,
    );

    expect(report.suggestions.map(({ lexeme }) => lexeme)).toMatchObject([
      { grapheme: "Siobhan", pronunciation: { kind: "phoneme", phoneme: "ʃɪˈvɔn" }, locale: "en-US" },
      { grapheme: "GraphQL", pronunciation: { kind: "alias" }, caseSensitive: true },
    ]);
    expect(report.rejected).toEqual([
      {
        grapheme: "K8s",
        message: expect.stringContaining('phoneme has "y" at character 2, which is no phone of the locale'),
      },
    ]);
    expect(await graphemes()).toEqual([]);
  });

  it("asks nobody when no word is hard, and is refused where nobody is configured", async () => {
    const { asked, suggester } = suggesterOf([]);
    const request = { text: "Nothing here is hard.", locale: "en-US", lexicons: undefined };
    const configured = lexiconWorld({ suggester });
    const bare = lexiconWorld();

    const report = await configured.useCases.suggestPronunciations(configured.user, request, signal);

    expect(report).toEqual({ suggestions: [], rejected: [] });
    expect(asked).toEqual([]);
    await expect(bare.useCases.suggestPronunciations(bare.user, request, signal)).rejects.toMatchObject({
      code: "not-configured",
    });
  });
});
