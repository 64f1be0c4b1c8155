import { distinctWarnings, type SpeechWarning } from "../speech-warning.ts";
import { type VoiceFamily, voiceFeaturesOf } from "../voice-family.ts";
import { issueText } from "./ssml-issue.ts";
import type { SsmlElement, SsmlNode } from "./ssml-tree.ts";

/** What decides which SSML a voice obeys. */
export interface VoiceTraits {
  readonly family: VoiceFamily;
  /** Undefined where nobody can tell. */
  readonly styles?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
}

export interface FittedSsml {
  readonly nodes: readonly SsmlNode[];
  readonly warnings: readonly SpeechWarning[];
}

/** Takes out what the voice would not obey or would refuse, keeps the text inside, and says so. */
export function fitToVoice(nodes: readonly SsmlNode[], traits: VoiceTraits): FittedSsml {
  const warnings: SpeechWarning[] = [];
  const fitted = nodes.flatMap((node) => fitNode(node, traits, warnings));
  return { nodes: fitted, warnings: distinctWarnings(warnings) };
}

function fitNode(node: SsmlNode, traits: VoiceTraits, warnings: SpeechWarning[]): readonly SsmlNode[] {
  if (node.kind === "text") {
    return [node];
  }
  const children = node.children.flatMap((child) => fitNode(child, traits, warnings));
  const { elements } = voiceFeaturesOf(traits.family);
  const refusal = elements.includes(node.name) ? refusalOf(node, traits) : `<${node.name}> is ignored`;
  if (refusal !== undefined) {
    warnings.push(unsupported(node, refusal, traits));
    return children;
  }
  if (node.name === "prosody") {
    return fitProsody({ ...node, children }, traits, warnings);
  }
  if (node.name === "mstts:express-as") {
    warnings.push(...unknownStyle(node, traits));
  }
  return [{ ...node, children }];
}

function refusalOf({ name, attributes }: SsmlElement, { family }: VoiceTraits): string | undefined {
  const alphabet = attributes["alphabet"] ?? "ipa";
  const isForeign =
    name === "phoneme" && !voiceFeaturesOf(family).alphabets.some((known) => known === alphabet);
  return isForeign ? `phonemes in ${alphabet} are ignored` : undefined;
}

function fitProsody(
  element: SsmlElement,
  traits: VoiceTraits,
  warnings: SpeechWarning[],
): readonly SsmlNode[] {
  const obeyed = voiceFeaturesOf(traits.family).prosody;
  const isObeyed = (name: string): boolean => obeyed.some((known) => known === name);
  const names = Object.keys(element.attributes);
  for (const name of names.filter((each) => !isObeyed(each))) {
    warnings.push(unsupported(element, `${name} of <prosody> is ignored`, traits));
  }
  const attributes = Object.fromEntries(
    Object.entries(element.attributes).filter(([name]) => isObeyed(name)),
  );
  return Object.keys(attributes).length === 0 ? element.children : [{ ...element, attributes }];
}

function unknownStyle(element: SsmlElement, { styles, roles }: VoiceTraits): readonly SpeechWarning[] {
  const { style, role } = element.attributes;
  const warnings: SpeechWarning[] = [];
  if (style !== undefined && style !== "default" && styles?.includes(style) === false) {
    warnings.push(warning("style-unknown", element, `this voice has no style ${style}`));
  }
  if (role !== undefined && roles?.includes(role) === false) {
    warnings.push(warning("role-unknown", element, `this voice has no role ${role}`));
  }
  return warnings;
}

function unsupported(element: SsmlElement, what: string, { family }: VoiceTraits): SpeechWarning {
  const code = element.name === "mstts:express-as" ? "style-unsupported" : "element-unsupported";
  return warning(code, element, `${what} by ${family} voices`);
}

function warning(code: SpeechWarning["code"], { position }: SsmlElement, message: string): SpeechWarning {
  return { code, message: issueText({ position, message: `${message}.` }) };
}
