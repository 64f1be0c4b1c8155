import type { SourceMap } from "./source-map.ts";

/** Both count from 1; columns in UTF-16 code units. */
export interface SsmlPosition {
  readonly line: number;
  readonly column: number;
}

export interface SsmlText {
  readonly kind: "text";
  readonly text: string;
  readonly source: SourceMap;
}

export interface SsmlElement {
  readonly kind: "element";
  /** With its usual prefix, for example `mstts:express-as`, whatever prefix the document uses. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SsmlNode[];
  /** Undefined for what this service adds. */
  readonly position?: SsmlPosition;
}

export type SsmlNode = SsmlText | SsmlElement;

export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly SsmlNode[],
): SsmlElement {
  const present = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { kind: "element", name, attributes: Object.fromEntries(present), children };
}
