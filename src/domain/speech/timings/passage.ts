import type { SourceMap } from "../ssml/source-map.ts";
import type { SsmlElement, SsmlNode, SsmlText } from "../ssml/ssml-tree.ts";

/** A stretch of a passage that is spoken in one piece. */
export interface PassageSegment {
  /** Where it begins in the written text. */
  readonly start: number;
  readonly written: string;
  /** Differs from `written` for an alias. */
  readonly spoken: string;
  /** Of the written text. */
  readonly source: SourceMap;
  readonly isReplaced: boolean;
}

/** What a piece of SSML says, without markup: as the author wrote it, and as it is spoken. */
export interface Passage {
  readonly written: string;
  readonly segments: readonly PassageSegment[];
}

/** Elements between which text does not flow. */
const BLOCKS = ["p", "s", "voice", "break"];
const BLOCK_SEPARATOR = "\n";

export function passageOf(nodes: readonly SsmlNode[]): Passage {
  const writer = new PassageWriter();
  writer.writeAll(nodes);
  return writer.passage();
}

class PassageWriter {
  readonly #segments: PassageSegment[] = [];
  readonly #written: string[] = [];
  #length = 0;

  writeAll(nodes: readonly SsmlNode[]): void {
    for (const node of nodes) {
      if (node.kind === "text") {
        this.#writeText(node);
      } else {
        this.#writeElement(node);
      }
    }
  }

  passage(): Passage {
    return { written: this.#written.join(""), segments: this.#segments };
  }

  #writeElement(element: SsmlElement): void {
    const isBlock = BLOCKS.includes(element.name);
    const [only] = element.children;
    if (element.name === "sub" && only?.kind === "text") {
      this.#add({ written: only.text, spoken: element.attributes["alias"] ?? "", source: only.source });
      return;
    }
    this.writeAll(element.children);
    if (isBlock && this.#length > 0 && this.#written.at(-1) !== BLOCK_SEPARATOR) {
      this.#append(BLOCK_SEPARATOR);
    }
  }

  #writeText({ text, source }: SsmlText): void {
    this.#add({ written: source.kind === "span" ? source.written : text, spoken: text, source });
  }

  #add(segment: { readonly written: string; readonly spoken: string; readonly source: SourceMap }): void {
    const isReplaced = segment.written !== segment.spoken;
    this.#segments.push({ ...segment, isReplaced, start: this.#length });
    this.#append(segment.written);
  }

  #append(text: string): void {
    this.#written.push(text);
    this.#length += text.length;
  }
}
