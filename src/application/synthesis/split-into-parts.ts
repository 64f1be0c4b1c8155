import { ServiceError } from "../../domain/errors/service-error.ts";
import { MAX_SSML_BYTES, type PartLimits } from "../../domain/speech/parts/part-limits.ts";
import { splitSpeech } from "../../domain/speech/parts/split-speech.ts";
import { hasSpeech } from "../../domain/speech/spoken-text.ts";
import { serializeSsml } from "../../domain/speech/ssml/serialize-ssml.ts";
import { speakDocument } from "../../domain/speech/ssml/speak-document.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import type { SsmlNode } from "../../domain/speech/ssml/ssml-tree.ts";
import { passageOf } from "../../domain/speech/timings/passage.ts";
import type { SynthesisPart } from "./prepared-synthesis.ts";

/**
 * @param field of the request, for errors.
 * @throws {@link ServiceError} `nothing-to-speak`, and `ssml-invalid` for markup that cannot be divided.
 */
export function splitIntoParts(
  voices: readonly SsmlNode[],
  { limits, locale, field }: { readonly limits: PartLimits; readonly locale: string; readonly field: string },
): readonly SynthesisPart[] {
  const parts = splitSpeech(voices, limits, locale).map((nodes) => partOf(nodes, locale));
  const speaks = parts.some(({ passage }) => passage.segments.some(({ spoken }) => hasSpeech(spoken)));
  if (!speaks) {
    const message = "holds nothing that can be spoken";
    throw new ServiceError("nothing-to-speak", `The ${field} ${message}.`, { errors: [{ field, message }] });
  }
  return parts;
}

function partOf(voices: readonly SsmlNode[], locale: string): SynthesisPart {
  const ssml = serializeSsml(speakDocument(locale, voices));
  if (Buffer.byteLength(ssml) > MAX_SSML_BYTES) {
    const message = "One sentence with its markup is larger than 64 KB and cannot be divided.";
    throw ssmlInvalid([{ position: undefined, message }]);
  }
  return { ssml, passage: passageOf(voices) };
}
