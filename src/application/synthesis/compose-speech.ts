import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { distinctWarnings, type SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { knownLocale } from "../../domain/speech/known-locale.ts";
import { speakableText } from "../../domain/speech/spoken-text.ts";
import { checkSsml } from "../../domain/speech/ssml/check-ssml.ts";
import { fitToVoice } from "../../domain/speech/ssml/fit-to-voice.ts";
import { linearSource } from "../../domain/speech/ssml/source-map.ts";
import { styledContent, styleOver, voiceElement } from "../../domain/speech/ssml/speak-document.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import { element as elementOf, type SsmlElement, type SsmlNode } from "../../domain/speech/ssml/ssml-tree.ts";
import { assertUsePermitted } from "../../domain/voice/voice-use.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { ResolvedVoice, VoiceReference, VoiceResolver } from "../ports/voice-resolver.ts";
import { ignoredWishes, styleBesideWishes } from "./openai-wishes.ts";
import type { SpeakRequest } from "./speak-request.ts";

/** One voice and what it says, fitted to what it understands. */
export interface VoicedContent {
  readonly voice: ResolvedVoice;
  readonly element: SsmlElement;
}

export interface ComposedSpeech {
  /** Never empty. All go to the same place. */
  readonly voices: readonly [VoicedContent, ...VoicedContent[]];
  readonly warnings: readonly SpeechWarning[];
}

export interface ComposeSpeechParts {
  readonly resolver: VoiceResolver;
  readonly parser: SsmlParser;
}

/** What one voice has to say. */
interface Passage {
  readonly voice: ResolvedVoice;
  /** Undefined: the text of the request. */
  readonly content: readonly SsmlNode[] | undefined;
  /** Of the `<voice>` that the client wrote. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The voices of a request, before anything is done with its text. */
export interface CastSpeech {
  /** Never empty. */
  readonly passages: readonly [Passage, ...Passage[]];
  readonly warnings: readonly SpeechWarning[];
}

/** Of one document; each one is looked up. */
const MAX_DISTINCT_VOICES = 20;

/** Elements that set up a voice and must stand before everything that is spoken. */
const VOICE_SETTINGS = ["mstts:silence", "mstts:viseme", "mstts:audioduration"];

/** Of the client's `<voice>`, besides its name. */
const KEPT_ATTRIBUTES = ["effect", "parameters"];

/**
 * Finds the voices of a request.
 *
 * @throws {@link ServiceError} `ssml-invalid`, `request-invalid` without a voice, `voice-use-not-permitted`, and what {@link VoiceResolver} throws.
 */
export async function castSpeech(
  { principal, request, signal }: { principal: Principal; request: SpeakRequest; signal: AbortSignal },
  { resolver, parser }: ComposeSpeechParts,
): Promise<CastSpeech> {
  const resolve = async (reference: VoiceReference): Promise<ResolvedVoice> => {
    const voice = await resolver.resolve(principal, reference, signal);
    assertUsePermitted(voice, request.use);
    return voice;
  };
  const root =
    request.content.kind === "ssml" ? checkedDocument(parser.parse(request.content.value)) : undefined;
  const [first, ...rest] = await namedPassages(root?.children.filter(isVoice) ?? [], resolve);
  if (first !== undefined) {
    return { passages: [first, ...rest], warnings: request.voice === undefined ? [] : [VOICE_IGNORED] };
  }
  const voice = await resolve(voiceOf(request));
  return { passages: [{ voice, content: root?.children, attributes: {} }], warnings: [] };
}

/** Puts text or SSML into the hands of its voices, without what they do not understand. */
export function composeSpeech({ passages, warnings }: CastSpeech, request: SpeakRequest): ComposedSpeech {
  const all = [...warnings, ...unsupportedLocale(passages, request)];
  const compose = (passage: Passage): VoicedContent => {
    const { element, warnings: own } = voiced(passage, request);
    all.push(...own);
    return { voice: passage.voice, element };
  };
  const [first, ...rest] = passages;
  const voices = [compose(first), ...rest.map(compose)] as const;
  return { voices, warnings: distinctWarnings(all) };
}

const VOICE_IGNORED: SpeechWarning = {
  code: "voice-ignored",
  message: "The SSML names its voices itself, so the voice of the request is ignored.",
};

function checkedDocument(root: SsmlElement): SsmlElement {
  const issues = checkSsml(root);
  if (issues.length > 0) {
    throw ssmlInvalid(issues);
  }
  return root;
}

function textNode(text: string): SsmlNode {
  return { kind: "text", text: speakableText(text), source: linearSource(0) };
}

function isVoice(node: SsmlNode): node is SsmlElement {
  return node.kind === "element" && node.name === "voice";
}

function voiceOf({ voice, content }: SpeakRequest): VoiceReference {
  if (voice === undefined) {
    const message =
      content.kind === "ssml"
        ? "Send voiceId or voice, or name the voice in a <voice name='...'> element."
        : "Send voiceId (an own voice) or voice (a catalog name).";
    throw new ServiceError("request-invalid", "The request names no voice.", {
      errors: [{ field: "voiceId", message }],
    });
  }
  return voice;
}

async function namedPassages(
  elements: readonly SsmlElement[],
  resolve: (reference: VoiceReference) => Promise<ResolvedVoice>,
): Promise<readonly Passage[]> {
  const names = [...new Set(elements.map((element) => element.attributes["name"] ?? ""))];
  if (names.length > MAX_DISTINCT_VOICES) {
    throw ssmlInvalid([
      { position: undefined, message: `A document may name ${MAX_DISTINCT_VOICES} different voices.` },
    ]);
  }
  const voices = new Map(
    await Promise.all(names.map(async (name) => [name, await resolve(referenceOf(name))] as const)),
  );
  const passages = elements.flatMap((element) => {
    const voice = voices.get(element.attributes["name"] ?? "");
    return voice === undefined ? [] : [{ voice, content: element.children, attributes: element.attributes }];
  });
  assertOnePlace(passages, elements);
  return passages;
}

/** Own voices are named by their id. */
function referenceOf(name: string): VoiceReference {
  return name.startsWith("voice_") ? { kind: "own", voiceId: name } : { kind: "catalog", voice: name };
}

/** One upstream call reaches one endpoint deployment, or the standard voices. */
function assertOnePlace(passages: readonly Passage[], elements: readonly SsmlElement[]): void {
  const placeOf = ({ voice }: Passage): string => `${voice.kind === "openai"} ${voice.deploymentId ?? ""}`;
  const [first] = passages;
  const other = passages.findIndex((passage) => first !== undefined && placeOf(passage) !== placeOf(first));
  if (other !== -1) {
    const message = "A professional or OpenAI voice cannot share a document with other voices.";
    throw ssmlInvalid([{ position: elements[other]?.position, message }]);
  }
}

/** One of the voices is enough: each speaks its own part of the document. */
function unsupportedLocale(passages: readonly Passage[], { locale }: SpeakRequest): readonly SpeechWarning[] {
  const isSpoken = ({ voice: { locales } }: Passage): boolean =>
    locale === undefined || locales === undefined || knownLocale(locale, locales) !== undefined;
  return passages.some(isSpoken)
    ? []
    : [{ code: "locale-unsupported", message: `The voice does not speak ${locale}.`, field: "locale" }];
}

/** Voices of several languages guess the language of a text, unless they are told. */
function textContent(
  { locales = [] }: ResolvedVoice,
  { content, locale }: SpeakRequest,
): readonly SsmlNode[] {
  const text = textNode(content.value);
  const spoken = locale === undefined || locales.length < 2 ? undefined : knownLocale(locale, locales);
  return [spoken === undefined ? text : elementOf("lang", { "xml:lang": spoken }, [text])];
}

function voiced({ voice, attributes, ...passage }: Passage, request: SpeakRequest) {
  const content = passage.content ?? textContent(voice, request);
  const settings = content.filter(isSetting);
  const spoken = content.filter((node) => !isSetting(node));
  const style = styleOver(voice.defaults, request.style);
  const isOpenAi = voice.kind === "openai";
  const styled = styledContent(isOpenAi ? styleBesideWishes(style) : style, spoken);
  const { nodes, warnings } = fitToVoice([...settings, ...styled], voice);
  const element = voiceElement(voice, nodes);
  const kept = Object.entries(attributes).filter(([name]) => KEPT_ATTRIBUTES.includes(name));
  return {
    element: { ...element, attributes: { ...element.attributes, ...Object.fromEntries(kept) } },
    warnings: [...(isOpenAi ? ignoredWishes(style) : []), ...warnings],
  };
}

function isSetting(node: SsmlNode): boolean {
  return node.kind === "element" && VOICE_SETTINGS.includes(node.name);
}
