import { distinctWarnings, type SpeechWarning } from "../speech-warning.ts";
import { type VoiceFamily, voiceFeaturesOf } from "../voice-family.ts";
import { issueText } from "./ssml-issue.ts";
import type { SsmlElement, SsmlNode } from "./ssml-tree.ts";

/** Of `<mstts:express-as>`; every voice has it. */
const PLAIN_STYLE = "default";

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
    warnings.push(unsupported(node, { what: refusal, field: fieldOf(node) }, traits));
    return children;
  }
  if (node.name === "prosody") {
    return fitProsody({ ...node, children }, traits, warnings);
  }
  if (node.name === "mstts:express-as") {
    return fitStyle({ ...node, children }, traits, warnings);
  }
  return [{ ...node, children }];
}

/** Of the request, where it does not come from SSML. A role without a style stands beside the plain one. */
function fieldOf({ name, attributes }: SsmlElement): string | undefined {
  if (name === "mstts:express-as") {
    return attributes["style"] === PLAIN_STYLE && attributes["role"] !== undefined ? "role" : "style";
  }
  return name === "prosody" ? Object.keys(attributes)[0] : undefined;
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
    warnings.push(unsupported(element, { what: `${name} of <prosody> is ignored`, field: name }, traits));
  }
  const attributes = Object.fromEntries(
    Object.entries(element.attributes).filter(([name]) => isObeyed(name)),
  );
  return Object.keys(attributes).length === 0 ? element.children : [{ ...element, attributes }];
}

/** A style or role that the voice has not would be billed as markup and not obeyed. */
function fitStyle(
  element: SsmlElement,
  { styles, roles }: VoiceTraits,
  warnings: SpeechWarning[],
): readonly SsmlNode[] {
  const { style = PLAIN_STYLE, role } = element.attributes;
  const attributes: Record<string, string> = { ...element.attributes };
  if (style !== PLAIN_STYLE && styles?.includes(style) === false) {
    warnings.push(unknown("style", style, element));
    attributes["style"] = PLAIN_STYLE;
    delete attributes["styledegree"];
  }
  if (role !== undefined && roles?.includes(role) === false) {
    warnings.push(unknown("role", role, element));
    delete attributes["role"];
  }
  return isPlain(attributes) ? element.children : [{ ...element, attributes }];
}

function isPlain({ style = PLAIN_STYLE, role }: Readonly<Record<string, string>>): boolean {
  return style === PLAIN_STYLE && role === undefined;
}

function unknown(field: "style" | "role", name: string, element: SsmlElement): SpeechWarning {
  return warning(`${field}-unknown`, element, { what: `this voice has no ${field} ${name}`, field });
}

function unsupported(
  element: SsmlElement,
  { what, field }: { readonly what: string; readonly field?: string | undefined },
  { family }: VoiceTraits,
): SpeechWarning {
  const code = element.name === "mstts:express-as" ? "style-unsupported" : "element-unsupported";
  return warning(code, element, { what: `${what} by ${family} voices`, field });
}

/** @param field that the element was made from; an element with a position is the client's own. */
function warning(
  code: SpeechWarning["code"],
  { position }: SsmlElement,
  { what, field }: { readonly what: string; readonly field?: string | undefined },
): SpeechWarning {
  const message = issueText({ position, message: `${what}.` });
  return { code, message, ...(position === undefined && field !== undefined && { field }) };
}
