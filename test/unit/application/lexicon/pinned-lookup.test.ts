import { beforeEach, describe, expect, it } from "vitest";
import { pinnedLookup } from "../../../../src/application/lexicon/pinned-lookup.ts";
import type { LexiconLookup, OpenLexicons } from "../../../../src/application/ports/lexicon-lookup.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { principalWith } from "../../../support/principals.ts";

const { signal } = new AbortController();
const ada = principalWith(["Voice.User"], "ada");
const bob = principalWith(["Voice.User"], "bob");

describe("pinned lexicons", () => {
  let opened: (readonly string[] | undefined)[];
  let failure: Error | undefined;

  const lookup: LexiconLookup = {
    async open(_principal, lexicons): Promise<OpenLexicons> {
      opened.push(lexicons);
      if (failure !== undefined) {
        throw failure;
      }
      return { matcherFor: () => undefined };
    },
  };

  beforeEach(() => {
    opened = [];
    failure = undefined;
  });

  it("are opened once, also when they are asked for at the same time", async () => {
    const pinned = pinnedLookup(lookup);
    const ask = () => pinned.open(ada, ["medical"], signal);

    const [first, second] = await Promise.all([ask(), ask()]);
    const third = await ask();

    expect(opened).toEqual([["medical"]]);
    expect([second, third]).toEqual([first, first]);
  });

  it("are told apart by owner and names", async () => {
    const pinned = pinnedLookup(lookup);

    await pinned.open(ada, ["medical"], signal);
    await pinned.open(bob, ["medical"], signal);
    await pinned.open(ada, [], signal);
    await pinned.open(ada, undefined, signal);

    expect(opened).toEqual([["medical"], ["medical"], [], undefined]);
  });

  it("are opened again after a failure", async () => {
    const pinned = pinnedLookup(lookup);
    failure = new ServiceError("lexicon-busy", "It is being changed.");
    const failed = pinned.open(ada, ["medical"], signal);

    await expect(failed).rejects.toMatchObject({ code: "lexicon-busy" });
    failure = undefined;
    await pinned.open(ada, ["medical"], signal);

    expect(opened).toHaveLength(2);
  });
});
