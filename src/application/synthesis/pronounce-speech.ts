import type { Occurrence } from "../../domain/lexicon/apply-lexicon.ts";
import {
  type PronunciationReport,
  pronunciationWarnings,
  reportPronunciations,
} from "../../domain/speech/pronunciation-report.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { pronounceSsml } from "../../domain/speech/ssml/pronounce-ssml.ts";
import type { SsmlElement } from "../../domain/speech/ssml/ssml-tree.ts";
import type { OpenLexicons } from "../ports/lexicon-lookup.ts";
import type { VoicedContent } from "./compose-speech.ts";

export interface PronouncedSpeech {
  /** One `<voice>` each. */
  readonly voices: readonly SsmlElement[];
  readonly pronunciations: readonly PronunciationReport[];
  readonly warnings: readonly SpeechWarning[];
}

/**
 * Writes pronunciations into what each voice says, by the language it speaks.
 *
 * @param locale where the request names one, instead of the voices' own.
 */
export function pronounceSpeech(
  contents: readonly VoicedContent[],
  lexicons: OpenLexicons,
  locale: string | undefined,
): PronouncedSpeech {
  const occurrences: Occurrence[] = [];
  const voices = contents.map(({ voice, element }) => {
    const matcher = lexicons.matcherFor(locale ?? voice.locale);
    if (matcher === undefined) {
      return element;
    }
    const pronounced = pronounceSsml(element.children, matcher, voice.family);
    occurrences.push(...pronounced.occurrences);
    return { ...element, children: pronounced.nodes };
  });
  const pronunciations = reportPronunciations(occurrences);
  return { voices, pronunciations, warnings: pronunciationWarnings(pronunciations) };
}
