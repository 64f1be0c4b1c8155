import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamedLexiconFiles } from "../../../src/adapters/lexicon-files/streamed-lexicon-files.ts";
import {
  LEXICON_FILE_FORMATS,
  type LexiconFileFormat,
  type LexiconFileRow,
} from "../../../src/application/ports/lexicon-files.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { ALPHABETS } from "../../../src/domain/lexicon/alphabet.ts";
import { type LexemeDraft, readLexeme } from "../../../src/domain/lexicon/lexeme-draft.ts";
import type { Lexeme } from "../../../src/domain/lexicon/lexicon-entry.ts";
import { entryOf } from "../../support/lexicon/entries.ts";

const files = new StreamedLexiconFiles();

async function* inPieces(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) {
    yield bytes.subarray(at, at + sizeBytes);
  }
}

async function rowsOf(
  format: LexiconFileFormat,
  content: string | Uint8Array,
  sizeBytes = 7,
): Promise<readonly LexiconFileRow[]> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const rows: LexiconFileRow[] = [];
  for await (const row of files.read(format, inPieces(bytes, sizeBytes))) {
    rows.push(row);
  }
  return rows;
}

async function draftsOf(format: LexiconFileFormat, content: string | Uint8Array) {
  const rows = await rowsOf(format, content);
  expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
  return rows.map(({ draft }) => given(draft));
}

/** Without the fields that the file leaves out. */
function given(draft: LexemeDraft): Partial<LexemeDraft> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}

/** Where a file is refused. */
function faultOf(format: LexiconFileFormat, content: string | Uint8Array): Promise<string> {
  return rowsOf(format, content).then(
    () => "no fault",
    (error: unknown) =>
      error instanceof ServiceError && error.code === "lexicon-file-invalid"
        ? (error.errors[0]?.field ?? "nowhere")
        : String(error),
  );
}

function pls(body: string, attributes = 'alphabet="ipa" xml:lang="en-US"', prolog = ""): string {
  const namespace = "http://www.w3.org/2005/01/pronunciation-lexicon";
  return `<?xml version="1.0"?>${prolog}<lexicon version="1.0" xmlns="${namespace}" ${attributes}>${body}</lexicon>`;
}

const text = fc
  .string({
    unit: fc.constantFrom("a", "É", "😀", "ß", '"', ",", ";", "<", "&", "'", " ", "|", "="),
    minLength: 1,
    maxLength: 12,
  })
  .filter((value) => value.trim() !== "")
  .map((value) => value.trim());
const lexeme: fc.Arbitrary<Lexeme> = fc.record({
  grapheme: text,
  pronunciation: fc.oneof(
    text.map((alias) => ({ kind: "alias" as const, alias })),
    fc.constantFrom(...ALPHABETS).map((alphabet) => ({
      kind: "phoneme" as const,
      alphabet,
      phoneme: { ipa: "təˈmeɪ.toʊ", "x-sampa": 't@"meI{<\\', ups: "H EH L O", sapi: "t ax" }[alphabet],
    })),
  ),
  locale: fc.constantFrom("*", "en-US", "de", "pt-BR"),
  caseSensitive: fc.boolean(),
  wholeWord: fc.boolean(),
  enabled: fc.boolean(),
  notes: fc.constantFrom("", 'said "so", twice', " two\nlines\t& <more> "),
});

describe.each(LEXICON_FILE_FORMATS)("a lexicon written as %s", (format) => {
  it("reads back to the same lexemes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lexeme, { maxLength: 6 }), async (lexemes) => {
        const entries = lexemes.map((each) => ({ ...entryOf("", ""), ...each, lexicon: "medical" }));
        const written = [...files.write(format, entries)].join("");

        const rows = await rowsOf(format, written, 64);

        expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
        expect(rows.map(({ lexicon }) => lexicon)).toEqual(entries.map(() => "medical"));
        expect(rows.map(({ draft }) => lexemeOf(draft))).toEqual(lexemes);
      }),
      { numRuns: 60 },
    );
  });

  it("says where invalid UTF-8 begins", async () => {
    expect(await faultOf(format, Buffer.from([0x0a, 0x22, 0xc3, 0x28, 0x0a]))).toMatch(/^file line 1/);
  });
});

function lexemeOf(draft: LexemeDraft): Lexeme | undefined {
  // A lone letter inside words and a phone of another locale are refused later; here only the file counts.
  const reading = readLexeme({ ...draft, wholeWord: true, locale: "*" });
  return reading.kind === "lexeme"
    ? { ...reading.lexeme, wholeWord: draft.wholeWord ?? true, locale: draft.locale ?? "*" }
    : undefined;
}

describe("a lexicon as CSV", () => {
  it.each([",", ";", "\t", "|"])("may be delimited by %j", async (delimiter) => {
    const content =
      ["Grapheme", "Alias", "case_sensitive"].join(delimiter) +
      "\n" +
      ["SQL", "sequel", "yes"].join(delimiter);

    expect(await draftsOf("csv", content)).toEqual([
      { grapheme: "SQL", alias: "sequel", caseSensitive: true },
    ]);
  });

  it("may name its delimiter, have a BOM, CRLF, quotes and empty lines", async () => {
    const content = '\uFEFFsep=;\r\ngrapheme;alias\r\n\r\n"a; ""b""";c\r\n';

    expect(await draftsOf("csv", content)).toEqual([{ grapheme: 'a; "b"', alias: "c" }]);
  });

  it.each(["utf-16le", "utf-16be"])("may be in %s, with and without BOM", async (encoding) => {
    const bytes = Buffer.from("grapheme,alias\nZoë,so e", "utf16le");
    const content = encoding === "utf-16be" ? Buffer.from(bytes).swap16() : bytes;
    const mark = encoding === "utf-16be" ? [0xfe, 0xff] : [0xff, 0xfe];

    expect(await draftsOf("csv", content)).toEqual([{ grapheme: "Zoë", alias: "so e" }]);
    expect(await draftsOf("csv", Buffer.concat([Buffer.from(mark), content]))).toEqual([
      { grapheme: "Zoë", alias: "so e" },
    ]);
  });

  it("names the row and the column of what it cannot use", async () => {
    const rows = await rowsOf("csv", "grapheme,alias,enabled\na,b,maybe\nc,d\n");

    expect(rows).toMatchObject([
      { row: 1, line: 2, problems: [{ column: "enabled", code: "boolean-expected" }] },
      { row: 2, line: 3, problems: [{ column: "row", code: "column-count-wrong" }] },
    ]);
  });

  it.each([
    ["", "file line 1"],
    ["alias\nx", "file line 1"],
    ["grapheme,phonem\nx,y", "file line 1, column 2"],
    ["grapheme,alias,alias\nx,y,z", "file line 1, column 3"],
    ['grapheme,alias\na,"b\n', "file line 2"],
    ['grapheme,alias\na,b"c\n', "file line 2"],
  ])("refuses %j at %s", async (content, place) => {
    expect(await faultOf("csv", content)).toBe(place);
  });
});

describe("a lexicon as JSON", () => {
  it("is an array of objects; what only our answers say is skipped", async () => {
    const content = JSON.stringify([{ id: "lex_1", etag: "x", grapheme: "a", alias: "b", wholeWord: false }]);

    expect(await draftsOf("json", content)).toEqual([{ grapheme: "a", alias: "b", wholeWord: false }]);
    expect(await draftsOf("json", " [ ] ")).toEqual([]);
  });

  it("names the row and the column of what it cannot use", async () => {
    const rows = await rowsOf("json", '[{"grapheme":7,"alias":"b","phonem":"x"}, 3]');

    expect(rows).toMatchObject([
      {
        row: 1,
        problems: [
          { column: "phonem", code: "column-unknown" },
          { column: "grapheme", code: "text-expected" },
        ],
      },
      { row: 2, problems: [{ column: "row", code: "object-expected" }] },
    ]);
  });

  it.each([
    ['[{"grapheme":"é"},\n {"grapheme": x}]', "file line 2, column 15"],
    ['{"entries":[]}', "file line 1"],
    ['[{"grapheme":"a"}', "file line 1"],
    ["", "file line 1"],
    ["[] []", "file line 1, column 4"],
  ])("refuses %j at %s", async (content, place) => {
    expect(await faultOf("json", content)).toBe(place);
  });
});

describe("a lexicon as JSON lines", () => {
  it("has an object on each line and may have empty lines", async () => {
    expect(await draftsOf("jsonl", '{"grapheme":"a","alias":"b"}\r\n\n{"grapheme":"c","alias":"d"}')).toEqual(
      [
        { grapheme: "a", alias: "b" },
        { grapheme: "c", alias: "d" },
      ],
    );
  });

  it("refuses a line that is no JSON", async () => {
    expect(await faultOf("jsonl", '{"grapheme":"a"}\n{oops}\n')).toBe("file line 2");
  });
});

describe("a lexicon as PLS", () => {
  it("may have several graphemes, and an alias comes before a phoneme", async () => {
    const body =
      "<lexeme><grapheme>BTW</grapheme><grapheme>btw</grapheme><phoneme>b</phoneme><alias>by the way</alias></lexeme>";

    expect(await draftsOf("pls", pls(body))).toEqual([
      { grapheme: "BTW", alias: "by the way", locale: "en-US", caseSensitive: true },
      { grapheme: "btw", alias: "by the way", locale: "en-US", caseSensitive: true },
    ]);
  });

  it("warns of what an entry cannot hold, and of nothing else", async () => {
    const body = [
      "<alias>x</alias><phoneme>b</phoneme>",
      "<alias>x</alias><alias>y</alias>",
      "<phoneme>b</phoneme><phoneme>d</phoneme>",
      "<phoneme>b</phoneme>",
    ]
      .map((spoken) => `<lexeme><grapheme>a</grapheme>${spoken}</lexeme>`)
      .join("");

    const rows = await rowsOf("pls", pls(body));

    expect(rows.map(({ warnings }) => warnings?.length)).toEqual([1, 1, 1, 0]);
  });

  it("takes the preferred phoneme in the alphabet that it names", async () => {
    const body =
      '<lexeme><grapheme>a</grapheme><phoneme>x</phoneme><phoneme prefer="true" alphabet="x-microsoft-sapi">t ax</phoneme></lexeme>';

    expect(await draftsOf("pls", pls(body))).toMatchObject([
      { phoneme: "t ax", alphabet: "x-microsoft-sapi" },
    ]);
  });

  it("may have any prefix, comments, CDATA and other elements", async () => {
    const content =
      '<p:lexicon version="1.0" xmlns:p="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="de"><!-- x --><p:meta name="a" content="b"/><p:lexeme><p:grapheme><![CDATA[R&D]]></p:grapheme><p:alias>er und de</p:alias><p:example>y</p:example></p:lexeme></p:lexicon>';

    expect(await draftsOf("pls", content)).toMatchObject([
      { grapheme: "R&D", alias: "er und de", locale: "de" },
    ]);
  });

  it("may be in an encoding that its declaration names", async () => {
    const content =
      '<?xml version="1.0" encoding="ISO-8859-1"?><lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="de"><lexeme><grapheme>Zoë</grapheme><alias>x</alias></lexeme></lexicon>';

    expect(await draftsOf("pls", Buffer.from(content, "latin1"))).toMatchObject([{ grapheme: "Zoë" }]);
  });

  it.each([
    ["a document type", pls("", undefined, '<!DOCTYPE lexicon [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')],
    ["an entity of nobody", pls("<lexeme><grapheme>&b;</grapheme></lexeme>")],
    ["another root", "<speak/>"],
    ["an open end", pls("").slice(0, -5)],
    ["a tower of elements", pls("<lexeme>".repeat(50))],
    ["an endless text", pls(`<lexeme><grapheme>${"a".repeat(9000)}</grapheme></lexeme>`)],
    ["an encoding that is unknown", '<?xml version="1.0" encoding="EBCDIC-CP-US"?><lexicon/>'],
  ])("refuses %s and says where", async (_name, content) => {
    expect(await faultOf("pls", content)).toMatch(/^file line 1/);
  });
});

describe("a file of 50,000 rows", () => {
  it.each(LEXICON_FILE_FORMATS)("is read as %s with less than 5 s of processor time", async (format) => {
    const entries = Array.from({ length: 50_000 }, (_, index) =>
      entryOf(`Wörd ${index}`, `alias of ${index}`),
    );
    const written = Buffer.from([...files.write(format, entries)].join(""));
    const before = process.cpuUsage();
    let count = 0;

    for await (const { problems } of files.read(format, inPieces(written, 65_536))) {
      count += problems.length === 0 ? 1 : 0;
    }

    expect(count).toBe(50_000);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5_000);
  });
});
