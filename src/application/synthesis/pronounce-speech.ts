import type { Principal } from "../../domain/access/principal.ts";
import type { Occurrence } from "../../domain/lexicon/apply-lexicon.ts";
import {
  type PronunciationReport,
  pronunciationWarnings,
  reportPronunciations,
} from "../../domain/speech/pronunciation-report.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { pronounceSsml } from "../../domain/speech/ssml/pronounce-ssml.ts";
import type { SsmlElement } from "../../domain/speech/ssml/ssml-tree.ts";
import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import type { VoicedContent } from "./compose-speech.ts";

export interface PronouncedSpeech {
  /** One `<voice>` each. */
  readonly voices: readonly SsmlElement[];
  readonly pronunciations: readonly PronunciationReport[];
  readonly warnings: readonly SpeechWarning[];
}

/** Writes the principal's pronunciations into what each voice says, by the language it speaks. */
export async function pronounceSpeech(
  contents: readonly VoicedContent[],
  {
    principal,
    lexicons,
    locale,
  }: {
    readonly principal: Principal;
    readonly lexicons: readonly string[] | undefined;
    readonly locale: string | undefined;
  },
  { lookup, signal }: { readonly lookup: LexiconLookup; readonly signal: AbortSignal },
): Promise<PronouncedSpeech> {
  const locales = [...new Set(contents.map(({ voice }) => locale ?? voice.locale))];
  const matchers = new Map(
    await Promise.all(
      locales.map(
        async (each) =>
          [each, await lookup.matcherFor(principal, { lexicons, locale: each }, signal)] as const,
      ),
    ),
  );
  const occurrences: Occurrence[] = [];
  const voices = contents.map(({ voice, element }) => {
    const matcher = matchers.get(locale ?? voice.locale);
    if (matcher === undefined || matcher.entryCount === 0) {
      return element;
    }
    const pronounced = pronounceSsml(element.children, matcher, voice.family);
    occurrences.push(...pronounced.occurrences);
    return { ...element, children: pronounced.nodes };
  });
  const pronunciations = reportPronunciations(occurrences);
  return { voices, pronunciations, warnings: pronunciationWarnings(pronunciations) };
}
