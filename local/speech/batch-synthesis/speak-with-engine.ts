import { Refusal } from "../../stand-in/refusal.ts";
import { UnspeakableError } from "../../stand-in/speak.ts";
import type { Speak } from "../../stand-in/speak.ts";
import { findOutputFormat } from "../audio/output-format.ts";
import { EngineBusyError } from "../engine/speech-engine.ts";
import type { SpeechEngine } from "../engine/speech-engine.ts";
import { compileSpeech } from "../plan/compile-speech.ts";
import type { CompiledSpeech } from "../plan/compile-speech.ts";
import type { PlanSurroundings } from "../plan/plan-ssml.ts";
import type { SpeechState } from "../speech-state.ts";
import { SsmlError } from "../ssml/ssml-error.ts";

/** Lets the voice of the Speech stand-in speak for others; it knows the custom voices of `state`. */
export function speakWithEngine(engine: SpeechEngine, state: SpeechState): Speak {
  return async function* speak({ ssml, outputFormat, deploymentId }, signal) {
    const format = findOutputFormat(outputFormat);
    if (format === undefined) {
      throw new UnspeakableError(`Unsupported output format ${outputFormat}.`);
    }
    const { plan } = compiled(ssml, { state, deploymentId });
    try {
      for await (const output of engine.synthesize({ plan, format }, signal)) {
        if (output.kind !== "viseme" && output.kind !== "bookmark") {
          yield output;
        }
      }
    } catch (error) {
      throw error instanceof EngineBusyError ? tooManySyntheses() : error;
    }
  };
}

function tooManySyntheses(): Refusal {
  return new Refusal({ status: 429, code: "TooManyRequests" }, "Too many syntheses are running.");
}

function compiled(ssml: string, surroundings: PlanSurroundings): CompiledSpeech {
  try {
    return compileSpeech(ssml, surroundings);
  } catch (error) {
    throw error instanceof SsmlError ? new UnspeakableError(error.message, { cause: error }) : error;
  }
}
