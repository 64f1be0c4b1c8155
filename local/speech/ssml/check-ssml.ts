import { checkAttributes, isLocale } from "./check-attributes.ts";
import { checkStructure } from "./check-structure.ts";
import { elementsIn } from "./ssml-element.ts";
import type { SsmlElement } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

const SYNTHESIS_NAMESPACE = "http://www.w3.org/2001/10/synthesis";
/** `voice` and `audio` elements of a request. */
const MAX_VOICES_AND_AUDIOS = 50;

/** What Azure speaks and the stand-in does not. */
const NOT_IMITATED: ReadonlySet<string> = new Set([
  "audio",
  "lexicon",
  "math:math",
  "mstts:audioduration",
  "mstts:backgroundaudio",
  "mstts:dialog",
  "mstts:prompt",
  "mstts:voiceconversion",
]);

/** @throws {@link SsmlError} when the service would refuse the document whatever its voices. */
export function checkSsml(speak: SsmlElement): void {
  checkRoot(speak);
  checkStructure(speak);
  const elements = elementsIn(speak);
  elements.forEach(checkAttributes);
  if (!elements.some(({ name }) => name === "voice" || name === "mstts:dialog")) {
    throw new SsmlError("Ssml should contain at least one [voice] tag.");
  }
  const mediaCount = elements.filter(({ name }) => name === "voice" || name === "audio").length;
  if (mediaCount > MAX_VOICES_AND_AUDIOS) {
    throw new SsmlError(`Ssml should contain at most ${MAX_VOICES_AND_AUDIOS} [voice] and [audio] tags.`);
  }
  checkImitated(elements);
}

function checkRoot({ name, attributes }: SsmlElement): void {
  if (name !== "speak" || attributes.get("xmlns") !== SYNTHESIS_NAMESPACE) {
    throw new SsmlError(`SSML is invalid: the root is not [speak] of ${SYNTHESIS_NAMESPACE}.`);
  }
  if (attributes.get("version") !== "1.0") {
    throw new SsmlError("SSML is invalid: Node [speak] should have attribute [version] 1.0.");
  }
  if (!isLocale(attributes.get("xml:lang") ?? "")) {
    throw new SsmlError("Ssml should only contain one language.");
  }
}

function checkImitated(elements: readonly SsmlElement[]): void {
  for (const { name, attributes } of elements) {
    if (NOT_IMITATED.has(name)) {
      throw new SsmlError(`The stand-in does not speak ${name}.`);
    }
    if (name === "prosody" && attributes.has("contour")) {
      throw new SsmlError("The stand-in does not speak the contour of prosody.");
    }
    if (name === "mstts:viseme" && attributes.get("type") !== "redlips_front") {
      throw new SsmlError("The stand-in has no visemes but those of redlips_front.");
    }
  }
}
