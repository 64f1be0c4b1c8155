/** Past `index` characters of the text, the source is `extra` characters further on than plain counting says. */
export interface SourceGap {
  readonly index: number;
  readonly extra: number;
}

/**
 * Where the characters of a stretch of text stand in what the client sent, in UTF-16 code units: one for one, but for
 * the gaps that character references leave, or all of them in the place of one replaced span.
 */
export type SourceMap =
  | { readonly kind: "linear"; readonly offset: number; readonly gaps: readonly SourceGap[] }
  | {
      readonly kind: "span";
      readonly offset: number;
      readonly length: number;
      /** The text that was replaced. */
      readonly written: string;
    };

export interface SourceSpan {
  readonly offset: number;
  readonly length: number;
}

export function linearSource(offset: number, gaps: readonly SourceGap[] = []): SourceMap {
  return { kind: "linear", offset, gaps };
}

/** @returns what the characters `start`..`end` (exclusive) of the text stand for in the source. */
export function sourceSpan(map: SourceMap, start: number, end: number): SourceSpan {
  if (map.kind === "span") {
    return { offset: map.offset, length: map.length };
  }
  const offset = sourceOffset(map, start);
  return { offset, length: sourceOffset(map, end) - offset };
}

/** The map of a piece of the text that begins at `start`. */
export function sourceFrom(map: SourceMap, start: number): SourceMap {
  if (map.kind === "span" || start === 0) {
    return map;
  }
  const skipped = extraAt(map.gaps, start);
  const gaps = map.gaps
    .filter((gap) => gap.index > start)
    .map((gap) => ({ index: gap.index - start, extra: gap.extra - skipped }));
  return linearSource(map.offset + start + skipped, gaps);
}

function sourceOffset(map: SourceMap & { readonly kind: "linear" }, index: number): number {
  return map.offset + index + extraAt(map.gaps, index);
}

/** Gaps are in ascending order and cumulative: the last one not past `index` counts. */
function extraAt(gaps: readonly SourceGap[], index: number): number {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((gaps[middle]?.index ?? Infinity) <= index) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return gaps[low - 1]?.extra ?? 0;
}
