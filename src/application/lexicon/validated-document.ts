import type { Matcher } from "../../domain/lexicon/matcher.ts";
import { speakableText } from "../../domain/speech/spoken-text.ts";
import { checkSsml } from "../../domain/speech/ssml/check-ssml.ts";
import { pronounceSsml } from "../../domain/speech/ssml/pronounce-ssml.ts";
import { linearSource } from "../../domain/speech/ssml/source-map.ts";
import { speakDocument, voiceElement } from "../../domain/speech/ssml/speak-document.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import type { SsmlElement, SsmlNode, SsmlText } from "../../domain/speech/ssml/ssml-tree.ts";
import type { VoiceFamily } from "../../domain/speech/voice-family.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";

/** Their text has a pronunciation already. */
const PRONOUNCED: ReadonlySet<string> = new Set(["phoneme", "sub", "say-as"]);

/** @throws {@link ServiceError} `ssml-invalid`. */
export function readDocument(
  content: { readonly kind: "text" | "ssml"; readonly value: string },
  locale: string,
  parser: SsmlParser,
): SsmlElement {
  if (content.kind === "text") {
    const text: SsmlText = { kind: "text", text: speakableText(content.value), source: linearSource(0) };
    return speakDocument(locale, [text]);
  }
  const root = parser.parse(content.value);
  const issues = checkSsml(root);
  if (issues.length > 0) {
    throw ssmlInvalid(issues);
  }
  return root;
}

/** The texts to which a lexicon applies, in order. */
export function textsOf(node: SsmlNode): readonly SsmlText[] {
  if (node.kind === "text") {
    return [node];
  }
  return PRONOUNCED.has(node.name) ? [] : node.children.flatMap(textsOf);
}

export function pronouncedDocument(
  root: SsmlElement,
  {
    matcher,
    family,
    voice,
  }: { readonly matcher: Matcher; readonly family: VoiceFamily; readonly voice: ResolvedVoice | undefined },
): SsmlElement {
  const { nodes } = pronounceSsml(root.children, matcher, family);
  const hasVoice = nodes.some((node) => node.kind === "element" && node.name === "voice");
  return { ...root, children: voice === undefined || hasVoice ? nodes : [voiceElement(voice, nodes)] };
}
