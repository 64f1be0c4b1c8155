import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTranscripts } from "../../../../local/speech/custom-voice/transcripts.ts";

describe("the transcripts of a script", () => {
  it("are its lines of an id, a tab and a text", () => {
    const transcripts = readTranscripts(["a\tOne.\r\nb\tTwo\twords.\n\nno tab\nc\t \n"]);

    expect([...transcripts]).toEqual([
      ["a", "One."],
      ["b", "Two words."],
    ]);
  });

  it("leave out every line of an id that occurs twice, in one script or in two", () => {
    const transcripts = readTranscripts(["a\tOne.\na\tTwo.\nb\tThree.", "b\tFour.\nc\tFive."]);

    expect([...transcripts.keys()]).toEqual(["c"]);
  });

  it("never hold an empty text, whatever the script", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "\t", "\n", " ", "\r")), (characters) => {
        const texts = [...readTranscripts([characters.join("")]).values()];

        expect(texts.filter((text) => text.trim() !== text || text === "")).toEqual([]);
      }),
    );
  });
});
