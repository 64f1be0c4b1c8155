import { transcribe } from "../phonemes/transcribe.ts";
import { breakStrengthMs, parseBreakTimeMs, parseSilenceMs } from "./durations.ts";
import { parsePitch, parseRate, parseVolume } from "./prosody-values.ts";
import { isSilenceType } from "./silence-types.ts";
import type { SsmlElement } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

type IsValid = (value: string) => boolean;

interface AttributeRule {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isValid: IsValid;
}

/** Values in hertz are valid whatever the voice. */
const ANY_MEDIAN_HZ = 100;

const isPitch: IsValid = (value) => parsePitch(value, ANY_MEDIAN_HZ) !== undefined;
const isText: IsValid = (value) => value.trim() !== "";
const isAnything: IsValid = () => true;

const RULES: ReadonlyMap<string, readonly AttributeRule[]> = new Map([
  ["voice", [required("name", isText)]],
  ["mstts:ttsembedding", [required("speakerProfileId", isText)]],
  ["mstts:express-as", [required("style", isText)]],
  ["lang", [required("xml:lang", isLocale)]],
  [
    "prosody",
    [
      optional("rate", (value) => parseRate(value) !== undefined),
      optional("pitch", isPitch),
      optional("range", isPitch),
      optional("volume", (value) => parseVolume(value) !== undefined),
      optional("contour", (value) => /^(?:\s*\(\d+(?:\.\d+)?%,[^()]+\))+\s*$/.test(value)),
    ],
  ],
  ["emphasis", [optional("level", (value) => /^(?:reduced|none|moderate|strong)$/.test(value))]],
  [
    "break",
    [
      optional("time", (value) => parseBreakTimeMs(value) !== undefined),
      optional("strength", (value) => breakStrengthMs(value) !== undefined),
    ],
  ],
  [
    "mstts:silence",
    [required("type", isSilenceType), required("value", (value) => parseSilenceMs(value) !== undefined)],
  ],
  ["bookmark", [required("mark", isText)]],
  ["mstts:viseme", [required("type", isText)]],
  ["lexicon", [required("uri", isText)]],
  ["say-as", [required("interpret-as", isText)]],
  ["sub", [required("alias", isAnything)]],
  ["audio", [required("src", isText)]],
  ["mstts:audioduration", [required("value", isText)]],
  ["mstts:backgroundaudio", [required("src", isText)]],
  ["mstts:voiceconversion", [required("url", isText)]],
  ["phoneme", [required("ph", isText)]],
]);

/** @throws {@link SsmlError} for an attribute that is missing, or has a value that the service does not take. */
export function checkAttributes(element: SsmlElement): void {
  for (const rule of RULES.get(element.name) ?? []) {
    checkAttribute(element, rule);
  }
  if (element.name === "phoneme") {
    checkPhonemes(element);
  }
}

/** A BCP 47 tag, well-formed. */
export function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function checkAttribute({ name: element, attributes }: SsmlElement, rule: AttributeRule): void {
  const value = attributes.get(rule.name);
  if (value === undefined && rule.isRequired) {
    throw new SsmlError(`Node [${element}] should have attribute [${rule.name}].`);
  }
  if (value !== undefined && !rule.isValid(value)) {
    throw new SsmlError(`Node [${element}] has an invalid value [${value}] of attribute [${rule.name}].`);
  }
}

function checkPhonemes({ attributes }: SsmlElement): void {
  const [alphabet, transcription] = [attributes.get("alphabet"), attributes.get("ph") ?? ""];
  const result = transcribe(alphabet, transcription);
  if (result.kind === "unknown-alphabet") {
    throw new SsmlError(`Node [phoneme] has an invalid value [${alphabet}] of attribute [alphabet].`);
  }
  if (result.kind === "unsupported-alphabet") {
    throw new SsmlError(
      `The stand-in does not speak the phoneme alphabet ${alphabet}, only ipa and x-sampa.`,
    );
  }
  if (result.kind === "unknown-phone") {
    throw new SsmlError(`Node [phoneme] has an unknown phone in [${transcription}].`);
  }
}

function required(name: string, isValid: IsValid): AttributeRule {
  return { name, isRequired: true, isValid };
}

function optional(name: string, isValid: IsValid): AttributeRule {
  return { name, isRequired: false, isValid };
}
