/**
 * Which elements may stand in which.
 *
 * @see https://github.com/Azure-Samples/Cognitive-Speech-TTS/tree/master/SsmlSchema
 */
const SENTENCE_CONTENT = [
  "break",
  "sub",
  "phoneme",
  "say-as",
  "bookmark",
  "mark",
  "prosody",
  "lang",
  "audio",
  "emphasis",
  "lexicon",
  "mstts:express-as",
  "math:math",
];
const PARAGRAPH_CONTENT = ["s", ...SENTENCE_CONTENT];
const BLOCK_CONTENT = ["p", ...PARAGRAPH_CONTENT];
const VOICE_CONTENT = [
  ...BLOCK_CONTENT,
  "mstts:silence",
  "mstts:viseme",
  "mstts:audioduration",
  "mstts:ttsembedding",
  "mstts:prompt",
];

interface ContentModel {
  readonly children: ReadonlySet<string>;
  readonly allowsText: boolean;
}

const CONTENT: ReadonlyMap<string, ContentModel> = new Map([
  ["speak", only(["voice", "mstts:backgroundaudio", "mstts:voiceconversion", "mstts:dialog"])],
  ["voice", mixed(VOICE_CONTENT)],
  ["mstts:ttsembedding", mixed(VOICE_CONTENT.filter((name) => name !== "mstts:ttsembedding"))],
  ["p", mixed(PARAGRAPH_CONTENT)],
  ["s", mixed(SENTENCE_CONTENT)],
  ["prosody", mixed(BLOCK_CONTENT)],
  ["audio", mixed(BLOCK_CONTENT)],
  ["mstts:express-as", mixed(BLOCK_CONTENT)],
  ["emphasis", mixed(SENTENCE_CONTENT.filter((name) => !/^(?:emphasis|lexicon|math:math)$/.test(name)))],
  ["lang", mixed(["phoneme"])],
  ["say-as", mixed([])],
  ["sub", mixed([])],
  ["phoneme", mixed([])],
  ["break", only([])],
  ["bookmark", only([])],
  ["mark", only([])],
  ["lexicon", only([])],
  ["mstts:silence", only([])],
  ["mstts:viseme", only([])],
  ["mstts:audioduration", only([])],
  ["mstts:backgroundaudio", only([])],
  ["mstts:voiceconversion", only([])],
  ["mstts:dialog", only(["mstts:turn"])],
  ["mstts:turn", mixed(BLOCK_CONTENT)],
]);

/** @returns undefined for an element that the service does not know. */
export function contentModelOf(name: string): ContentModel | undefined {
  return CONTENT.get(name);
}

function mixed(children: readonly string[]): ContentModel {
  return { children: new Set(children), allowsText: true };
}

function only(children: readonly string[]): ContentModel {
  return { children: new Set(children), allowsText: false };
}
