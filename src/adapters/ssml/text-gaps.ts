import type { SourceGap } from "../../domain/speech/ssml/source-map.ts";

const REFERENCE_OR_LINE_END = /&[^;]*;|\r\n/g;

/**
 * Where the text of an XML document is shorter than its source: behind references, and at line ends of two characters.
 *
 * @param raw source of the text, without markup.
 */
export function textGaps(raw: string): readonly SourceGap[] {
  const gaps: SourceGap[] = [];
  let extra = 0;
  for (const match of raw.matchAll(REFERENCE_OR_LINE_END)) {
    const decodedLength = lengthOf(match[0]);
    const index = match.index - extra + decodedLength;
    extra += match[0].length - decodedLength;
    gaps.push({ index, extra });
  }
  return gaps;
}

/** A reference stands for one code unit, or two beyond the basic plane; a line end becomes one. */
function lengthOf(source: string): number {
  const [, hex, decimal] = /^&#(?:x([0-9a-f]+)|(\d+));$/i.exec(source) ?? [];
  const codePoint = hex === undefined ? Number(decimal ?? 0) : Number.parseInt(hex, 16);
  return codePoint > 0xffff ? 2 : 1;
}
