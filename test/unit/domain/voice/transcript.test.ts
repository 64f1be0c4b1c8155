import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTranscript, parseTranscript } from "../../../../src/domain/voice/transcript.ts";

describe("a transcript", () => {
  it("is read line by line, whatever the line ends and with or without extensions", () => {
    expect(parseTranscript("a.wav\tHello.\r\n\nb\tGood bye. \r")).toEqual([
      { utteranceId: "a", text: "Hello." },
      { utteranceId: "b", text: "Good bye." },
    ]);
  });

  it("is refused with the number of each wrong line", () => {
    let errors: unknown;
    try {
      parseTranscript("a\tHello.\nb\na\tAgain.\n\tNobody.");
    } catch (error) {
      errors = error;
    }

    expect(errors).toMatchObject({
      code: "transcript-invalid",
      errors: [
        { field: "transcripts line 2", message: "has no text after a tab" },
        { field: "transcripts line 3", message: "repeats a" },
        { field: "transcripts line 4", message: "names no audio file" },
      ],
    });
  });

  it.each([
    { encoding: "UTF-8", bytes: Buffer.from("ä\tGrüße") },
    { encoding: "UTF-8 with a byte order mark", bytes: Buffer.from("\ufeffä\tGrüße") },
    { encoding: "UTF-16 LE", bytes: Buffer.from("\ufeffä\tGrüße", "utf16le") },
    { encoding: "UTF-16 BE", bytes: Buffer.from("\ufeffä\tGrüße", "utf16le").swap16() },
    { encoding: "Windows-1252", bytes: Buffer.from("ä\tGrüße", "latin1") },
  ])("is decoded from $encoding", ({ bytes }) => {
    expect(parseTranscript(decodeTranscript(bytes))).toEqual([{ utteranceId: "ä", text: "Grüße" }]);
  });

  it("is decoded from any bytes without failing", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof decodeTranscript(bytes)).toBe("string");
      }),
    );
  });
});
