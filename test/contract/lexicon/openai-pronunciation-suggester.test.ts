import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createControl, type StandInControl } from "../../../local/faults/control.ts";
import { startOpenAi } from "../../../local/openai/start-openai.ts";
import type { RunningStandIn } from "../../../local/stand-in/server.ts";
import { OpenAiPronunciationSuggester } from "../../../src/adapters/openai/openai-pronunciation-suggester.ts";
import { lexiconWorld } from "../../support/lexicon/lexicon-world.ts";

const KEY = "local-key";
let server: RunningStandIn;
let control: StandInControl;

beforeAll(async () => {
  control = createControl();
  server = await startOpenAi({
    port: 0,
    key: KEY,
    control,
    speak: () => {
      throw new Error("Nobody speaks here.");
    },
  });
});

afterAll(() => server.close());

function suggester({ key = KEY, deployment = "gpt-4o-mini", endpoint = server.url } = {}) {
  const credential = async () => ({ kind: "key", key }) as const;
  return new OpenAiPronunciationSuggester({ endpoint, credential, deployment, timeoutMs: 2_000 });
}

describe("Azure OpenAI, emulated, as a pronunciation suggester", () => {
  it("proposes a pronunciation for the words that it is asked for", async () => {
    const proposals = await suggester().suggest(["GraphQL"], "en-US", new AbortController().signal);

    expect(proposals).toEqual([
      { word: "GraphQL", alias: expect.any(String), ipa: undefined, reason: expect.stringMatching(/\w/) },
    ]);
  });

  it("serves suggestions for the hard words of a text", async () => {
    const { useCases, user } = lexiconWorld({ suggester: suggester() });

    const report = await useCases.suggestPronunciations(
      user,
      { text: "We use GraphQL daily.", locale: "en-US", lexicons: undefined },
      new AbortController().signal,
    );

    expect(report).toMatchObject({
      suggestions: [
        {
          lexeme: { grapheme: "GraphQL", pronunciation: { kind: "alias" } },
          reason: expect.stringMatching(/\w/),
        },
      ],
      rejected: [],
    });
  });

  it.each([{ key: "wrong" }, { deployment: "no-such-model" }])(
    "reports what it will not do as refused: %o",
    async (options) => {
      const attempt = suggester(options).suggest(["GraphQL"], "en-US", new AbortController().signal);

      await expect(attempt).rejects.toMatchObject({ code: "suggester-refused" });
    },
  );

  it("stops when the caller does", async () => {
    const attempt = suggester().suggest(["GraphQL"], "en-US", AbortSignal.abort(new Error("gone")));

    await expect(attempt).rejects.toThrow("gone");
  });

  it("reports an address where nobody answers as unavailable", async () => {
    const lost = suggester({ endpoint: "http://127.0.0.1:9" });

    await expect(lost.suggest(["x"], "en-US", new AbortController().signal)).rejects.toMatchObject({
      code: "suggester-unavailable",
      retryable: true,
    });
  });
});
