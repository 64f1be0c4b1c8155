import type { VoiceSound } from "../voice/voice-sound.ts";
import { PARAGRAPH_EXTRA_MS, pauseMs } from "./pauses.ts";
import type { Pauses } from "./pauses.ts";
import type { Clause, ClauseItem, PlanPart, Prosody, Spoken } from "./speech-plan.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

type PauseToken = Extract<Token, { kind: "pause" }>;

/** A clause without any punctuation ends after so many characters, so that audio leaves soon and canceling is quick. */
const MAX_CLAUSE_CHARACTERS = 200;

const NO_PAUSE = { durationMs: 0, isExplicit: false };

/** How something is spoken. */
export interface SpeakingStyle {
  readonly sound: VoiceSound;
  readonly locale: string;
  /** Name of an eSpeak language. */
  readonly language: string;
  readonly prosody: Prosody;
  readonly gain: number;
  readonly pauses: Pauses;
  /** False for the voices that never say when they speak which word. */
  readonly emitsEvents: boolean;
}

interface OpenClause {
  readonly style: SpeakingStyle;
  readonly items: ClauseItem[];
  characterCount: number;
}

/** Puts speech, pauses and marks in order, and finds where clauses and sentences end. */
export class PlanBuilder {
  readonly #parts: PlanPart[] = [];
  #clause: OpenClause | undefined;
  #sentenceText: string | undefined;
  /** A pause of the text gives way to one that was asked for. */
  #pause = NO_PAUSE;

  addText(text: string, style: SpeakingStyle): void {
    for (const token of tokenize(text, style.locale)) {
      if (token.kind === "word") {
        this.addSpoken(token.text, { kind: "text", text: speakableText(token.text) }, style);
      } else {
        this.#addPunctuation(token, style);
      }
    }
  }

  /** @param text the written words, which one event names. */
  addSpoken(text: string, spoken: Spoken, style: SpeakingStyle): void {
    this.#flushPause();
    if (style.emitsEvents) {
      this.#openSentence(text);
    }
    const clause = this.#clauseOf(style);
    clause.items.push({ kind: "word", text, spoken, prosody: style.prosody });
    clause.characterCount += text.length;
    if (clause.characterCount >= MAX_CLAUSE_CHARACTERS) {
      this.#closeClause("");
    }
  }

  addBookmark(mark: string, { emitsEvents }: SpeakingStyle): void {
    if (!emitsEvents) {
      return;
    }
    if (this.#clause !== undefined) {
      this.#clause.items.push({ kind: "bookmark", mark });
      return;
    }
    this.#flushPause();
    this.#parts.push({ kind: "bookmark", mark });
  }

  addBreak(durationMs: number): void {
    this.#closeClause(",");
    const earlierMs = this.#pause.isExplicit ? this.#pause.durationMs : 0;
    this.#pause = { durationMs: earlierMs + durationMs, isExplicit: true };
  }

  /** Ends the sentence that is open, if there is one. */
  endSentence(style: SpeakingStyle): void {
    if (this.#clause !== undefined || this.#sentenceText !== undefined) {
      this.#closeClause(".");
      this.#closeSentence();
      this.#addNaturalPause(style.pauses.sentenceMs);
    }
  }

  endParagraph(style: SpeakingStyle): void {
    this.endSentence(style);
    if (this.#pause.durationMs > 0) {
      this.#addNaturalPause(style.pauses.sentenceMs + PARAGRAPH_EXTRA_MS);
    }
  }

  startVoice({ leadingMs }: Pauses): void {
    this.#addSilence(leadingMs);
  }

  endVoice(style: SpeakingStyle): void {
    this.endSentence(style);
    if (this.#pause.isExplicit) {
      this.#flushPause();
    }
    this.#pause = NO_PAUSE;
    this.#addSilence(style.pauses.trailingMs);
  }

  build(): readonly PlanPart[] {
    return this.#parts;
  }

  #addPunctuation(token: PauseToken, style: SpeakingStyle): void {
    this.#closeClause(terminatorOf(token));
    if (this.#sentenceText !== undefined) {
      this.#sentenceText += token.text;
      this.#parts.push({ kind: "punctuation", text: token.text });
    }
    if (token.pause === "sentence") {
      this.#closeSentence();
    }
    this.#addNaturalPause(pauseMs(style.pauses, token.pause));
  }

  #addNaturalPause(durationMs: number): void {
    if (!this.#pause.isExplicit) {
      this.#pause = { durationMs: Math.max(this.#pause.durationMs, durationMs), isExplicit: false };
    }
  }

  #flushPause(): void {
    this.#addSilence(this.#pause.durationMs);
    this.#pause = NO_PAUSE;
  }

  #addSilence(durationMs: number): void {
    if (durationMs > 0) {
      this.#parts.push({ kind: "silence", durationMs });
    }
  }

  #openSentence(text: string): void {
    if (this.#sentenceText === undefined) {
      this.#parts.push({ kind: "sentence-start" });
      this.#sentenceText = text;
    } else {
      this.#sentenceText += ` ${text}`;
    }
  }

  #closeSentence(): void {
    if (this.#sentenceText !== undefined) {
      this.#parts.push({ kind: "sentence-end", text: this.#sentenceText });
      this.#sentenceText = undefined;
    }
  }

  #clauseOf(style: SpeakingStyle): OpenClause {
    if (this.#clause !== undefined && !soundsAlike(this.#clause.style, style)) {
      this.#closeClause("");
    }
    this.#clause ??= { style, items: [], characterCount: 0 };
    return this.#clause;
  }

  #closeClause(terminator: Clause["terminator"]): void {
    if (this.#clause === undefined) {
      return;
    }
    const { style, items } = this.#clause;
    const { sound, language, gain, emitsEvents } = style;
    this.#parts.push({ kind: "clause", sound, language, gain, emitsEvents, items, terminator });
    this.#clause = undefined;
  }
}

function soundsAlike(a: SpeakingStyle, b: SpeakingStyle): boolean {
  return a.sound === b.sound && a.language === b.language && a.gain === b.gain;
}

/** eSpeak NG loses the mark of the word that follows an abbreviation with a full stop. */
function speakableText(word: string): string {
  return word.replaceAll("\u2019", "'").replace(/\.$/, "");
}

function terminatorOf({ text, pause }: PauseToken): Clause["terminator"] {
  if (/[?\uFF1F\u061F]/u.test(text)) {
    return "?";
  }
  if (/[!\uFF01]/u.test(text)) {
    return "!";
  }
  return pause === "sentence" ? "." : ",";
}
