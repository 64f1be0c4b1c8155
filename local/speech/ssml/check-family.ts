import type { VoiceFamily } from "../catalog/prebuilt-voice.ts";
import { elementsIn } from "./ssml-element.ts";
import type { SsmlElement } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

const PERSONAL_NEVER = ["emphasis", "mstts:audioduration", "mstts:express-as"];

/** The elements that a family of voices does not speak. */
const UNSUPPORTED: Readonly<Record<VoiceFamily, ReadonlySet<string>>> = {
  neural: new Set(),
  professional: new Set(),
  phoenix: new Set(PERSONAL_NEVER),
  dragon: new Set([
    ...PERSONAL_NEVER,
    "phoneme",
    "audio",
    "bookmark",
    "mstts:silence",
    "mstts:viseme",
    "math:math",
  ]),
  hd: new Set([
    "break",
    "bookmark",
    "emphasis",
    "mstts:audioduration",
    "mstts:express-as",
    "mstts:silence",
    "mstts:viseme",
    "phoneme",
    "prosody",
  ]),
};

/** A personal voice changes its rate, and nothing else of its prosody. */
const PERSONAL_PROSODY_NEVER = ["pitch", "contour", "range", "volume"];

interface Speaking {
  readonly name: string;
  readonly family: VoiceFamily;
}

/** @throws {@link SsmlError} for an element or attribute that the voice does not speak. */
export function checkFamily(voiceElement: SsmlElement, { name: voiceName, family }: Speaking): void {
  for (const { name, attributes } of elementsIn(voiceElement)) {
    if (UNSUPPORTED[family].has(name) && !isPrompt(name, attributes)) {
      throw new SsmlError(`Node [${name}] is not supported by voice ${voiceName}.`);
    }
    const attribute = name === "prosody" ? unsupportedProsody(family, attributes) : undefined;
    if (attribute !== undefined) {
      throw new SsmlError(
        `Attribute [${attribute}] of node [prosody] is not supported by voice ${voiceName}.`,
      );
    }
  }
}

/** The vendor's own sample for personal voices sends this style, which changes nothing. */
function isPrompt(name: string, attributes: ReadonlyMap<string, string>): boolean {
  return name === "mstts:express-as" && attributes.get("style") === "Prompt";
}

function unsupportedProsody(
  family: VoiceFamily,
  attributes: ReadonlyMap<string, string>,
): string | undefined {
  return family === "dragon" || family === "phoenix"
    ? PERSONAL_PROSODY_NEVER.find((attribute) => attributes.has(attribute))
    : undefined;
}
