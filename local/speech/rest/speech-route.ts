import type { Exchange } from "../../stand-in/exchange.ts";

/** Counts the call and acts out the faults that fit it; false when it must not be answered any more. */
export type Admit = (facts: Readonly<Record<string, string>>) => Promise<boolean>;

/** Answers one request that has been authenticated. */
export type AnswerSpeech = (exchange: Exchange, admit: Admit) => Promise<void>;

export interface SpeechRoute {
  readonly method: "GET" | "POST";
  /** Counted and matched by faults. */
  readonly operation: string;
  readonly path: RegExp;
  readonly answer: AnswerSpeech;
}
