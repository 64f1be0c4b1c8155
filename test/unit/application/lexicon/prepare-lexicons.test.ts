import { describe, expect, it } from "vitest";
import { makeLexiconLookup } from "../../../../src/application/lexicon/lexicon-lookup.ts";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

const signal = new AbortController().signal;

describe("preparing lexicons for a synthesis", () => {
  it("costs one read when nothing has changed, however many entries there are", async () => {
    const { upload, otherProcess, user, documents } = lexiconWorld();
    await upload(`grapheme,alias\n${Array.from({ length: 200 }, (_, index) => `w${index},x`).join("\n")}`);
    const first = await otherProcess.prepareLexicons(user.id, ["default"], signal);
    documents.reads.length = 0;
    documents.queryCount = 0;

    const second = await otherProcess.prepareLexicons(user.id, ["default"], signal);

    expect(documents.reads).toEqual(["head:default"]);
    expect(documents.queryCount).toBe(0);
    expect(second.matcherFor("en-US")).toBe(first.matcherFor("en-US"));
  });

  it("loads a revision once for all who ask at the same time", async () => {
    const { create, otherProcess, user, documents } = lexiconWorld();
    await create({ grapheme: "a", alias: "x" });
    documents.queryCount = 0;

    const prepared = await Promise.all(
      Array.from({ length: 20 }, () => otherProcess.prepareLexicons(user.id, ["default"], signal)),
    );

    expect(documents.queryCount).toBe(1);
    expect(new Set(prepared.map((each) => each.matcherFor("de"))).size).toBe(1);
  });

  it("sees a change that another process has made, and its key changes with it", async () => {
    const { create, otherProcess, user } = lexiconWorld();
    await create({ grapheme: "a", alias: "x" });
    const before = await otherProcess.prepareLexicons(user.id, ["default"], signal);

    await create({ grapheme: "b", alias: "x" });
    const after = await otherProcess.prepareLexicons(user.id, ["default"], signal);

    expect(after.matcherFor("en").findAll("a b")).toHaveLength(2);
    expect(after.revisionKey).not.toBe(before.revisionKey);
  });

  it("prefers the lexicon that is named first", async () => {
    const { create, useCases, user } = lexiconWorld();
    await create({ grapheme: "mg", alias: "default" });
    await create({ grapheme: "mg", alias: "medical" }, "medical");

    const prepared = await useCases.prepareLexicons(user.id, ["medical", "default"], signal);

    const [match] = prepared.matcherFor("en-US").findAll("5 mg");
    expect(match?.candidates.map(({ lexicon }) => lexicon)).toEqual(["medical", "default"]);
  });

  it("needs none: default may be missing, and no name means no lexicon", async () => {
    const { useCases, user, documents } = lexiconWorld();

    const missing = await useCases.prepareLexicons(user.id, ["default"], signal);
    documents.reads.length = 0;
    const none = await useCases.prepareLexicons(user.id, [], signal);

    expect(missing.matcherFor("en-US").findAll("text")).toEqual([]);
    expect(none.matcherFor("en-US").findAll("text")).toEqual([]);
    expect(documents.reads).toEqual([]);
  });

  it("refuses a name that is not there", async () => {
    const { useCases, user } = lexiconWorld();

    await expect(useCases.prepareLexicons(user.id, ["medical"], signal)).rejects.toMatchObject({
      code: "lexicon-not-found",
    });
  });
});

describe("looking up the lexicon of a synthesis", () => {
  it("finds default where nothing is said, and nothing where nothing applies", async () => {
    const { create, useCases, user } = lexiconWorld();
    await create({ grapheme: "SQL", alias: "sequel", locale: "en" });
    const lookup = makeLexiconLookup(useCases.prepareLexicons);

    const usual = await lookup.open(user, undefined, signal);
    const none = await lookup.open(user, [], signal);

    expect(usual.matcherFor("en-US")?.findAll("SQL")).toHaveLength(1);
    expect(usual.matcherFor("de-DE")).toBeUndefined();
    expect(none.matcherFor("en-US")).toBeUndefined();
  });
});
