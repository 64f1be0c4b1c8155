export interface SsmlText {
  readonly kind: "text";
  readonly text: string;
}

export interface SsmlElement {
  readonly kind: "element";
  /** Without its prefix, but for `mstts:` and `math:`; as written where the namespace is unknown. */
  readonly name: string;
  /** By name as written, `xml:lang` too. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SsmlNode[];
}

export type SsmlNode = SsmlText | SsmlElement;

/** The elements below this one, in document order. */
export function elementsIn(element: SsmlElement): readonly SsmlElement[] {
  return element.children.flatMap((child) => (child.kind === "element" ? [child, ...elementsIn(child)] : []));
}

/** The voices of a document, in order. */
export function voiceElements(speak: SsmlElement): readonly SsmlElement[] {
  return speak.children.filter((child) => child.kind === "element").filter(({ name }) => name === "voice");
}

export function textOf(element: SsmlElement): string {
  return element.children.map((child) => (child.kind === "text" ? child.text : textOf(child))).join("");
}
