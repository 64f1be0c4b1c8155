import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { instantField } from "../../../src/http/instant.ts";
import { lineOfText } from "../../../src/http/line-of-text.ts";
import { checked } from "../../../src/http/validation.ts";

function messagesOf(schema: z.ZodType, value: unknown): readonly string[] {
  try {
    checked(schema, value, "body");
    return [];
  } catch (error) {
    return error instanceof ServiceError ? (error.errors ?? []).map(({ message }) => message) : [];
  }
}

const INSTANT = "must be a day such as 2026-11-22 or a time such as 2026-11-22T13:00:00Z";

describe("what a wrong field is told", () => {
  it.each([
    { what: "an empty text", schema: z.string().min(1), value: "", message: "must not be empty" },
    {
      what: "a short text",
      schema: z.string().min(3),
      value: "ab",
      message: "must have at least 3 characters",
    },
    {
      what: "a long text",
      schema: z.string().max(3),
      value: "abcd",
      message: "must have at most 3 characters",
    },
    {
      what: "a text with words of its own",
      schema: z.string().min(1, "holds nothing"),
      value: "",
      message: "holds nothing",
    },
    { what: "a time that is none", schema: instantField, value: "yesterday", message: INSTANT },
    {
      what: "a name with a line break",
      schema: lineOfText(100),
      value: "Ann\nSmith",
      message: "must not hold control characters",
    },
    {
      what: "a name with an escape",
      schema: lineOfText(100),
      value: "Ann\u001b[31m",
      message: "must not hold control characters",
    },
    { what: "a name of blanks", schema: lineOfText(100), value: "  ", message: "must not be empty" },
  ])("is said in plain words: $what", ({ schema, value, message }) => {
    expect(messagesOf(schema, value)).toEqual([message]);
  });

  it("is nothing for names of all scripts", () => {
    expect(["Zoë O’Neill", "山田 太郎", "👩‍🎤"].flatMap((name) => messagesOf(lineOfText(100), name))).toEqual(
      [],
    );
  });
});

describe("a field that is not known", () => {
  const schema = z.strictObject({ output: z.strictObject({ format: z.string() }).optional() });

  function errorsOf(value: unknown) {
    try {
      return checked(schema, value, "body");
    } catch (error) {
      return error instanceof ServiceError ? error.errors : error;
    }
  }

  it("is named, wherever it is", () => {
    expect(errorsOf({ outptu: 1, formt: 2, output: { format: "mp3", kbps: 3 } })).toEqual([
      { field: "output.kbps", message: "is not known here" },
      { field: "outptu", message: "is not known here" },
      { field: "formt", message: "is not known here" },
    ]);
  });

  it("is named shortly, and one of very many", () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`${index}`.padEnd(300, "x"), 1]),
    );

    const errors = errorsOf(many);

    expect(errors).toHaveLength(20);
    expect(JSON.stringify(errors).length).toBeLessThan(4_000);
  });
});
