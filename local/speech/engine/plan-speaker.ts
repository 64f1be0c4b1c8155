import { SilenceTrimmer } from "../audio/silence-trimmer.ts";
import type { Clause, PlanPart, SpeechPlan, TimedEvent } from "../plan/speech-plan.ts";
import { planParts } from "../plan/plan-parts.ts";
import { Equalizer } from "../voice/equalizer.ts";
import { ClauseEvents } from "./clause-events.ts";
import { ESPEAK_SAMPLE_RATE_HZ } from "./espeak.ts";
import type { Espeak } from "./espeak.ts";
import { espeakMarkup } from "./espeak-markup.ts";
import type { EspeakPhones } from "./espeak-phones.ts";
import { Timeline } from "./timeline.ts";

/** The service ends every real-time synthesis there, without an error. */
const MAX_DURATION_MS = 600_000;
const MAX_SAMPLES = (MAX_DURATION_MS / 1000) * ESPEAK_SAMPLE_RATE_HZ;
/** Silence is made in pieces of this length. */
const SILENCE_STEP_SAMPLES = ESPEAK_SAMPLE_RATE_HZ;

/** How long a punctuation boundary lasts; the service gives it a short, fixed time too. */
const PUNCTUATION_MS = 100;

interface SpeakingEngine {
  readonly espeak: Espeak;
  readonly phones: EspeakPhones;
}

export interface SpeechListener {
  /** Samples at {@link ESPEAK_SAMPLE_RATE_HZ}. */
  readonly onSamples: (samples: Int16Array) => void;
  readonly onEvent: (event: TimedEvent) => void;
}

/** Speaks a plan part by part; between two parts others may have the engine. */
export class PlanSpeaker {
  readonly #espeak: Espeak;
  readonly #phones: EspeakPhones;
  readonly #listener: SpeechListener;
  readonly #timeline: Timeline;
  #sampleCount = 0;

  constructor(engine: SpeakingEngine, listener: SpeechListener) {
    this.#espeak = engine.espeak;
    this.#phones = engine.phones;
    this.#listener = listener;
    this.#timeline = new Timeline(listener.onEvent);
  }

  get durationMs(): number {
    return millisecondsOf(this.#sampleCount);
  }

  /** Yields after each part that made audio. */
  *speak(plan: SpeechPlan): Generator<void, void> {
    for (const part of planParts(plan)) {
      if (this.#sampleCount >= MAX_SAMPLES) {
        return;
      }
      this.#speakPart(part);
      if (part.kind === "clause" || part.kind === "silence") {
        yield;
      }
    }
  }

  #speakPart(part: PlanPart): void {
    switch (part.kind) {
      case "clause":
        this.#speakClause(part);
        break;
      case "silence":
        this.#keepSilence(part.durationMs);
        break;
      case "bookmark":
        this.#listener.onEvent({ kind: "bookmark", mark: part.mark, startMs: this.durationMs });
        break;
      case "punctuation":
        this.#listener.onEvent({
          kind: "punctuation",
          text: part.text,
          startMs: this.durationMs,
          durationMs: PUNCTUATION_MS,
        });
        break;
      case "sentence-start":
        this.#timeline.startSentence();
        break;
      case "sentence-end":
        this.#timeline.endSentence(part.text, this.durationMs);
        break;
    }
  }

  #speakClause(clause: Clause): void {
    const trimmer = new SilenceTrimmer();
    const equalizer = new Equalizer(clause.sound.bandGainsDb, ESPEAK_SAMPLE_RATE_HZ);
    const startMs = this.durationMs;
    const events = new ClauseEvents(clause, startMs, {
      timeline: this.#timeline,
      onEvent: this.#listener.onEvent,
    });
    const markup = espeakMarkup(clause, (phones) => this.#phones.namesOf(phones, clause));
    this.#espeak.speak({ markup, language: clause.language, sound: clause.sound }, (samples, heard) => {
      this.#emit(amplified(equalizer.process(trimmer.push(samples)), clause.gain));
      if (clause.emitsEvents) {
        events.add(heard, startMs - millisecondsOf(trimmer.leadingCount));
        events.reach(this.durationMs);
      }
      return this.#sampleCount >= MAX_SAMPLES;
    });
    if (clause.emitsEvents) {
      events.finish(this.durationMs);
    }
  }

  #keepSilence(durationMs: number): void {
    let remaining = Math.round((durationMs * ESPEAK_SAMPLE_RATE_HZ) / 1000);
    while (remaining > 0 && this.#sampleCount < MAX_SAMPLES) {
      const count = Math.min(remaining, SILENCE_STEP_SAMPLES);
      this.#emit(new Int16Array(count));
      remaining -= count;
    }
  }

  #emit(samples: Int16Array): void {
    const passed = samples.subarray(0, MAX_SAMPLES - this.#sampleCount);
    this.#sampleCount += passed.length;
    if (passed.length > 0) {
      this.#listener.onSamples(passed);
    }
  }
}

function amplified(samples: Int16Array, gain: number): Int16Array {
  return gain === 1
    ? samples
    : samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))));
}

function millisecondsOf(sampleCount: number): number {
  return (sampleCount * 1000) / ESPEAK_SAMPLE_RATE_HZ;
}
