import type { Exchange } from "../../stand-in/exchange.ts";

/** Answers one request that has been authenticated. */
export type AnswerSpeech = (exchange: Exchange) => Promise<void> | void;

export interface SpeechRoute {
  readonly method: "GET" | "POST";
  /** Counted and matched by faults. */
  readonly operation: string;
  readonly path: RegExp;
  readonly answer: AnswerSpeech;
}
