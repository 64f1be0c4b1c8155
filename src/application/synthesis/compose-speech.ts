import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { distinctWarnings, type SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { speakableText } from "../../domain/speech/spoken-text.ts";
import { checkSsml } from "../../domain/speech/ssml/check-ssml.ts";
import { fitToVoice } from "../../domain/speech/ssml/fit-to-voice.ts";
import { linearSource } from "../../domain/speech/ssml/source-map.ts";
import { styledContent, styleOver, voiceElement } from "../../domain/speech/ssml/speak-document.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import type { SsmlElement, SsmlNode } from "../../domain/speech/ssml/ssml-tree.ts";
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

interface Passage {
  readonly voice: ResolvedVoice;
  readonly content: readonly SsmlNode[];
  /** Of the `<voice>` that the client wrote. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Of one document; each one is looked up. */
const MAX_DISTINCT_VOICES = 20;

/** Elements that set up a voice and must stand before everything that is spoken. */
const VOICE_SETTINGS = ["mstts:silence", "mstts:viseme", "mstts:audioduration"];

/** Of the client's `<voice>`, besides its name. */
const KEPT_ATTRIBUTES = ["effect", "parameters"];

/**
 * Finds the voices of a request and puts its text or SSML into their hands.
 *
 * @throws {@link ServiceError} `ssml-invalid`, `request-invalid` without a voice, `voice-use-not-permitted`, and what {@link VoiceResolver} throws.
 */
export async function composeSpeech(
  { principal, request, signal }: { principal: Principal; request: SpeakRequest; signal: AbortSignal },
  { resolver, parser }: ComposeSpeechParts,
): Promise<ComposedSpeech> {
  const resolve = async (reference: VoiceReference): Promise<ResolvedVoice> => {
    const voice = await resolver.resolve(principal, reference, signal);
    assertUsePermitted(voice, request.use);
    return voice;
  };
  const root =
    request.content.kind === "ssml" ? checkedDocument(parser.parse(request.content.value)) : undefined;
  const named = root?.children.filter(isVoice) ?? [];
  if (named.length > 0) {
    const passages = await namedPassages(named, resolve);
    const ignored = request.voice === undefined ? [] : [VOICE_IGNORED];
    return composed(passages, request, ignored);
  }
  const voice = await resolve(voiceOf(request));
  const content = root?.children ?? [textNode(request.content.value)];
  return composed([{ voice, content, attributes: {} }], request, []);
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

function composed(
  passages: readonly Passage[],
  request: SpeakRequest,
  warnings: readonly SpeechWarning[],
): ComposedSpeech {
  const all = [...warnings];
  const [first, ...rest] = passages.map((passage) => {
    const { element, warnings: own } = voiced(passage, request);
    all.push(...own);
    return { voice: passage.voice, element };
  });
  if (first === undefined) {
    throw ssmlInvalid([{ position: undefined, message: "The document holds no voice." }]);
  }
  return { voices: [first, ...rest], warnings: distinctWarnings(all) };
}

function voiced({ voice, content, attributes }: Passage, request: SpeakRequest) {
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
