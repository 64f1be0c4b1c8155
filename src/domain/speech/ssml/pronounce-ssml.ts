import { applyLexicon, type LexiconSegment, type Occurrence } from "../../lexicon/apply-lexicon.ts";
import type { Matcher } from "../../lexicon/matcher.ts";
import { voiceFeaturesOf, type VoiceFamily } from "../voice-family.ts";
import { sourceFrom, sourceSpan } from "./source-map.ts";
import { element, type SsmlNode, type SsmlText } from "./ssml-tree.ts";

/** Their text has a pronunciation already. */
const PRONOUNCED = ["phoneme", "sub", "say-as"];

export interface PronouncedSsml {
  readonly nodes: readonly SsmlNode[];
  readonly occurrences: readonly Occurrence[];
}

/** Writes the lexicon's pronunciations into the text, as `<sub>` and `<phoneme>`. */
export function pronounceSsml(
  nodes: readonly SsmlNode[],
  matcher: Matcher,
  family: VoiceFamily,
): PronouncedSsml {
  const occurrences: Occurrence[] = [];
  const capabilities = { alphabets: new Set(voiceFeaturesOf(family).alphabets) };
  const pronounced = (node: SsmlNode, isInLang: boolean): readonly SsmlNode[] => {
    if (node.kind === "element") {
      const inside = isInLang || node.name === "lang";
      return PRONOUNCED.includes(node.name)
        ? [node]
        : [{ ...node, children: node.children.flatMap((child) => pronounced(child, inside)) }];
    }
    const applied = applyLexicon(node.text, matcher, capabilities);
    occurrences.push(...applied.occurrences);
    return applied.segments.map((segment) => nodeOf(segment, node, isInLang));
  };
  return { nodes: nodes.flatMap((node) => pronounced(node, false)), occurrences };
}

function nodeOf(segment: LexiconSegment, whole: SsmlText, isInLang: boolean): SsmlNode {
  const { start, end } = segment;
  const text: SsmlText = {
    kind: "text",
    text: whole.text.slice(start, end),
    source: sourceFrom(whole.source, start),
  };
  if (segment.kind === "text") {
    return text;
  }
  if (segment.kind === "phoneme") {
    return element("phoneme", { alphabet: segment.alphabet, ph: segment.phoneme }, [text]);
  }
  // <lang> must not hold <sub>: the alias itself stands in the text.
  return isInLang
    ? {
        kind: "text",
        text: segment.alias,
        source: { kind: "span", ...sourceSpan(whole.source, start, end), written: text.text },
      }
    : element("sub", { alias: segment.alias }, [text]);
}
