import { element, type SsmlElement, type SsmlNode } from "./ssml-tree.ts";

const SYNTHESIS_NAMESPACE = "http://www.w3.org/2001/10/synthesis";
const MSTTS_NAMESPACE = "http://www.w3.org/2001/mstts";

/** How a voice is to speak; undefined leaves it to the voice. */
export interface SpeakingStyle {
  readonly style?: string | undefined;
  readonly styleDegree?: number | undefined;
  readonly role?: string | undefined;
  readonly rate?: string | undefined;
  readonly pitch?: string | undefined;
  readonly volume?: string | undefined;
}

/** The wish where it says something, the voice's own setting where it does not. */
export function styleOver(defaults: SpeakingStyle, wish: SpeakingStyle): SpeakingStyle {
  return {
    style: wish.style ?? defaults.style,
    styleDegree: wish.styleDegree ?? defaults.styleDegree,
    role: wish.role ?? defaults.role,
    rate: wish.rate ?? defaults.rate,
    pitch: wish.pitch ?? defaults.pitch,
    volume: wish.volume ?? defaults.volume,
  };
}

/** What `<voice>` needs to select one voice. */
export interface VoiceSelection {
  readonly voiceName: string;
  readonly speakerProfileId?: string | undefined;
}

/** @param locale BCP 47. */
export function speakDocument(locale: string, voices: readonly SsmlNode[]): SsmlElement {
  return element(
    "speak",
    { version: "1.0", xmlns: SYNTHESIS_NAMESPACE, "xmlns:mstts": MSTTS_NAMESPACE, "xml:lang": locale },
    voices,
  );
}

/** Wraps content so that this voice speaks it. */
export function voiceElement(voice: VoiceSelection, content: readonly SsmlNode[]): SsmlElement {
  const { speakerProfileId } = voice;
  const embedded =
    speakerProfileId === undefined ? content : [element("mstts:ttsembedding", { speakerProfileId }, content)];
  return element("voice", { name: voice.voiceName }, embedded);
}

/** Wraps content in `<mstts:express-as>` and `<prosody>`, each only where it says something. */
export function styledContent(style: SpeakingStyle, content: readonly SsmlNode[]): readonly SsmlNode[] {
  return expressive(style, prosodic(style, content));
}

function prosodic({ rate, pitch, volume }: SpeakingStyle, content: readonly SsmlNode[]): readonly SsmlNode[] {
  const isPlain = rate === undefined && pitch === undefined && volume === undefined;
  return isPlain ? content : [element("prosody", { rate, pitch, volume }, content)];
}

function expressive(
  { style, styleDegree, role }: SpeakingStyle,
  content: readonly SsmlNode[],
): readonly SsmlNode[] {
  if (style === undefined && role === undefined) {
    return content;
  }
  const styledegree = styleDegree === undefined ? undefined : String(styleDegree);
  return [element("mstts:express-as", { style: style ?? "default", styledegree, role }, content)];
}
