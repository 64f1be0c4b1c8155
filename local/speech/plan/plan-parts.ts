import { espeakLanguage } from "../catalog/espeak-language.ts";
import { transcribe } from "../phonemes/transcribe.ts";
import { breakStrengthMs, parseBreakTimeMs, parseSilenceMs } from "../ssml/durations.ts";
import { parseSilenceType } from "../ssml/silence-types.ts";
import { parseSsml } from "../ssml/parse-ssml.ts";
import { elementsIn, textOf, voiceElements } from "../ssml/ssml-element.ts";
import type { SsmlElement } from "../ssml/ssml-element.ts";
import type { ChosenVoice } from "./choose-voice.ts";
import { changePauses, defaultPauses } from "./pauses.ts";
import type { Pauses } from "./pauses.ts";
import { PlanBuilder } from "./plan-builder.ts";
import type { SpeakingStyle } from "./plan-builder.ts";
import { changeProsody } from "./prosody.ts";
import { sayAs } from "./say-as.ts";
import { normalProsody } from "./speech-plan.ts";
import type { PlanPart, Prosody, SpeechPlan } from "./speech-plan.ts";
import { styledSpeech } from "./styled-speech.ts";
import { withEffect } from "./voice-effects.ts";

/** Never needed for a document that has been checked. */
const FALLBACK_LANGUAGE = "en-us";

/** Where a walk through the document is. */
interface Place {
  readonly builder: PlanBuilder;
  readonly voice: ChosenVoice;
  readonly style: SpeakingStyle;
}

type Speak = (element: SsmlElement, place: Place) => void;

/** How each element is spoken; one that is not listed adds nothing but its content. */
const SPEAKERS: ReadonlyMap<string, Speak> = new Map<string, Speak>([
  ["p", speakParagraph],
  ["s", speakSentence],
  ["prosody", speakProsody],
  ["emphasis", speakEmphasis],
  ["lang", speakLanguage],
  ["break", speakBreak],
  ["bookmark", speakBookmark],
  ["sub", speakSubstitute],
  ["phoneme", speakPhonemes],
  ["say-as", speakAs],
  ["mstts:express-as", speakStyled],
]);

/** What is spoken, in order, of a document that has been checked. */
export function planParts({ ssml, voices }: SpeechPlan): readonly PlanPart[] {
  const builder = new PlanBuilder();
  voiceElements(parseSsml(ssml)).forEach((element, index) => {
    const voice = voices[index];
    if (voice !== undefined) {
      planVoice(element, voice, builder);
    }
  });
  return builder.build();
}

function planVoice(element: SsmlElement, voice: ChosenVoice, builder: PlanBuilder): void {
  const pauses = pausesOf(element);
  const style: SpeakingStyle = {
    emitsEvents: voice.family !== "dragon" && voice.family !== "hd",
    sound: withEffect(voice.sound, element.attributes.get("effect")),
    ...languageStyle(voice.locale),
    prosody: normalProsody,
    gain: 1,
    pauses,
  };
  builder.startVoice(pauses);
  speakContent(element, { builder, voice, style });
  builder.endVoice(style);
}

function speakContent(element: SsmlElement, place: Place): void {
  for (const child of element.children) {
    if (child.kind === "text") {
      place.builder.addText(child.text, place.style);
    } else {
      const speak = SPEAKERS.get(child.name) ?? speakContent;
      speak(child, place);
    }
  }
}

function speakParagraph(element: SsmlElement, place: Place): void {
  place.builder.endParagraph(place.style);
  speakContent(element, place);
  place.builder.endParagraph(place.style);
}

function speakSentence(element: SsmlElement, place: Place): void {
  place.builder.endSentence(place.style);
  speakContent(element, place);
  place.builder.endSentence(place.style);
}

function speakProsody(element: SsmlElement, place: Place): void {
  speakContent(element, { ...place, style: changeProsody(place.style, element.attributes) });
}

function speakEmphasis(element: SsmlElement, place: Place): void {
  const emphasis = emphasisOf(element.attributes.get("level"));
  const prosody = { ...place.style.prosody, emphasis };
  speakContent(element, { ...place, style: { ...place.style, prosody } });
}

function emphasisOf(level: string | undefined): Prosody["emphasis"] {
  return level === "reduced" || level === "strong" || level === "none" ? level : "moderate";
}

function speakLanguage(element: SsmlElement, place: Place): void {
  const style = place.voice.isMultilingual
    ? { ...place.style, ...languageStyle(element.attributes.get("xml:lang") ?? "") }
    : place.style;
  speakContent(element, { ...place, style });
}

function speakBreak({ attributes }: SsmlElement, { builder }: Place): void {
  const time = attributes.get("time");
  const durationMs =
    time === undefined ? breakStrengthMs(attributes.get("strength") ?? "medium") : parseBreakTimeMs(time);
  builder.addBreak(durationMs ?? 0);
}

function speakBookmark({ attributes }: SsmlElement, { builder, style }: Place): void {
  builder.addBookmark(attributes.get("mark") ?? "", style);
}

function speakSubstitute(element: SsmlElement, { builder, style }: Place): void {
  const alias = element.attributes.get("alias") ?? "";
  builder.addSpoken(textOf(element).trim(), { kind: "text", text: alias }, style);
}

function speakPhonemes(element: SsmlElement, { builder, style }: Place): void {
  const { attributes } = element;
  const transcription = transcribe(attributes.get("alphabet"), attributes.get("ph") ?? "");
  if (transcription.kind === "phones") {
    builder.addSpoken(textOf(element).trim(), transcription, style);
  }
}

function speakAs(element: SsmlElement, { builder, style }: Place): void {
  const text = textOf(element).trim();
  const spoken = sayAs(text, {
    interpretAs: element.attributes.get("interpret-as") ?? "",
    format: element.attributes.get("format"),
    locale: style.locale,
  });
  builder.addSpoken(text, spoken, style);
}

function speakStyled(element: SsmlElement, place: Place): void {
  speakContent(element, { ...place, style: styledSpeech(place, element.attributes) });
}

/** `mstts:silence` applies to all the text of its voice. */
function pausesOf(voiceElement: SsmlElement): Pauses {
  return elementsIn(voiceElement)
    .filter(({ name }) => name === "mstts:silence")
    .reduce((pauses, { attributes }) => {
      const type = parseSilenceType(attributes.get("type") ?? "");
      const valueMs = parseSilenceMs(attributes.get("value") ?? "") ?? 0;
      return type === undefined ? pauses : changePauses(pauses, type, valueMs);
    }, defaultPauses);
}

function languageStyle(locale: string): Pick<SpeakingStyle, "locale" | "language"> {
  return { locale, language: espeakLanguage(locale) ?? FALLBACK_LANGUAGE };
}
