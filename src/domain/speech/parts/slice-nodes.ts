import { sourceFrom } from "../ssml/source-map.ts";
import type { SsmlElement, SsmlNode } from "../ssml/ssml-tree.ts";

/** A stretch of the text of a document, in UTF-16 code units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** Empty elements at `end` belong to the stretch. */
  readonly isLast: boolean;
}

/** Settings of a voice that hold for all its text: every part of it needs them. */
const VOICE_SETTINGS = ["mstts:silence", "mstts:viseme"];

/** @returns the nodes with only the text of the range, inside the same elements. */
export function sliceNodes(nodes: readonly SsmlNode[], range: TextRange): readonly SsmlNode[] {
  return new Slicer(range).slice(nodes);
}

class Slicer {
  readonly #range: TextRange;
  #position = 0;

  constructor(range: TextRange) {
    this.#range = range;
  }

  slice(nodes: readonly SsmlNode[]): readonly SsmlNode[] {
    return nodes.flatMap((node) => {
      if (node.kind === "text") {
        return this.#sliceText(node);
      }
      return node.children.length === 0 ? this.#sliceEmpty(node) : this.#sliceElement(node);
    });
  }

  #sliceText(node: SsmlNode & { readonly kind: "text" }): readonly SsmlNode[] {
    const start = Math.max(0, this.#range.start - this.#position);
    const end = Math.min(node.text.length, this.#range.end - this.#position);
    this.#position += node.text.length;
    if (start >= end) {
      return [];
    }
    return [{ kind: "text", text: node.text.slice(start, end), source: sourceFrom(node.source, start) }];
  }

  #sliceEmpty(element: SsmlElement): readonly SsmlNode[] {
    const { start, end, isLast } = this.#range;
    const isInside = this.#position >= start && (this.#position < end || isLast);
    return isInside || VOICE_SETTINGS.includes(element.name) ? [element] : [];
  }

  #sliceElement(element: SsmlElement): readonly SsmlNode[] {
    const children = this.slice(element.children);
    const isOnlySettings = children.every(
      (child) => child.kind === "element" && VOICE_SETTINGS.includes(child.name),
    );
    return isOnlySettings ? [] : [{ ...element, children }];
  }
}
