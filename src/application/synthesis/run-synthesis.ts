import type { AudioJoiner } from "../../domain/speech/audio/audio-joiner.ts";
import { joinerFor } from "../../domain/speech/audio/join-audio.ts";
import type { TimingSource } from "../../domain/speech/timings/timed-word.ts";
import { voiceFeaturesOf } from "../../domain/speech/voice-family.ts";
import type { SpeechEvent, SpeechSynthesizer, SpeechTarget } from "../ports/speech-synthesizer.ts";
import { openAiWishes } from "./openai-wishes.ts";
import { PartWords } from "./part-words.ts";
import type { PreparedSynthesis, SynthesisPart } from "./prepared-synthesis.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";

/** A part whose first event is on its way. */
interface StartedPart {
  readonly part: SynthesisPart;
  readonly events: AsyncGenerator<SpeechEvent, void, void>;
  readonly first: Promise<IteratorResult<SpeechEvent, void>>;
}

/**
 * Speaks the parts in order, the next one requested while the current one plays, and joins them into one file.
 * Leaving the iteration ends every upstream call.
 *
 * @throws what {@link SpeechSynthesizer} throws.
 */
export async function* runSynthesis(
  prepared: PreparedSynthesis,
  synthesizer: SpeechSynthesizer,
  signal: AbortSignal,
): AsyncGenerator<SynthesisEvent, void, void> {
  const left = new AbortController();
  const upstream = { synthesizer, signal: AbortSignal.any([signal, left.signal]) };
  const run = new SynthesisRun(prepared);
  const start = (index: number) => {
    const part = prepared.parts[index];
    return part && startedPart(part, eventsOf(part, prepared, { ...upstream, isContinuation: index > 0 }));
  };
  let upcoming = start(0);
  let isOver = false;
  try {
    for (let index = 1; upcoming !== undefined; index++) {
      const current: StartedPart = upcoming;
      await current.first;
      upcoming = start(index);
      yield* run.play(current);
    }
    isOver = true;
    yield* run.finish();
  } finally {
    if (!isOver) {
      left.abort(new DOMException("The listener left.", "AbortError"));
      upcoming?.events.return().catch(() => undefined);
    }
  }
}

/** State that goes on from part to part. */
class SynthesisRun {
  readonly #locale: string;
  readonly #joiner: AudioJoiner;
  #writtenOffset = 0;
  #timingSource: TimingSource = "engine";

  constructor({ format, locale }: PreparedSynthesis) {
    this.#joiner = joinerFor(format);
    this.#locale = locale;
  }

  async *play(started: StartedPart): AsyncGenerator<SynthesisEvent, void, void> {
    const { passage } = started.part;
    const startMs = this.#joiner.durationMs;
    const words = new PartWords({
      passage,
      locale: this.#locale,
      writtenOffset: this.#writtenOffset,
      startMs,
    });
    for await (const event of eventsFrom(started)) {
      yield* this.#passOn(event, words, startMs);
    }
    yield* audioEvent(this.#joiner.endPart());
    for (const word of words.finish(this.#joiner.durationMs)) {
      yield { kind: "word", word };
    }
    this.#timingSource = words.isReported ? this.#timingSource : "estimated";
    this.#writtenOffset += passage.written.length;
  }

  *finish(): Generator<SynthesisEvent, void, void> {
    yield* audioEvent(this.#joiner.finish());
    const durationMs = Math.round(this.#joiner.durationMs);
    yield { kind: "done", durationMs, timingSource: this.#timingSource };
  }

  *#passOn(event: SpeechEvent, words: PartWords, startMs: number): Generator<SynthesisEvent, void, void> {
    switch (event.kind) {
      case "audio":
        yield* audioEvent(this.#joiner.push(event.bytes));
        break;
      case "word":
        for (const word of words.report(event.text, event.startMs, event.durationMs)) {
          yield { kind: "word", word };
        }
        break;
      case "viseme": {
        const viseme = { visemeId: event.visemeId, startMs: Math.round(startMs + event.startMs) };
        yield { kind: "viseme", viseme };
        break;
      }
      case "bookmark": {
        const bookmark = { mark: event.mark, timeMs: Math.round(startMs + event.startMs) };
        yield { kind: "bookmark", bookmark };
        break;
      }
      case "punctuation":
      case "sentence":
      case "end":
        break;
    }
  }
}

interface Upstream {
  readonly synthesizer: SpeechSynthesizer;
  readonly signal: AbortSignal;
  readonly isContinuation: boolean;
}

async function* eventsOf(
  part: SynthesisPart,
  prepared: PreparedSynthesis,
  { synthesizer, signal, isContinuation }: Upstream,
): AsyncGenerator<SpeechEvent, void, void> {
  const { format, voice, ownerId } = prepared;
  const { timings } = prepared.request;
  const request = {
    ssml: part.ssml,
    outputFormat: format.upstreamName,
    target: targetOf(part, prepared),
    voiceName: voice.voiceName,
    queueKey: ownerId,
    isContinuation,
  };
  const features = voiceFeaturesOf(voice.family);
  if (timings !== "none" && features.wordTimings) {
    const visemes = timings === "viseme" && features.visemes;
    yield* synthesizer.synthesizeWithEvents({ ...request, visemes }, signal);
    return;
  }
  for await (const bytes of await synthesizer.synthesize(request, signal)) {
    yield { kind: "audio", bytes };
  }
}

function targetOf({ passage }: SynthesisPart, { voice, request }: PreparedSynthesis): SpeechTarget {
  if (voice.kind === "openai") {
    const text = passage.segments.map(({ spoken }) => spoken).join("");
    return { kind: "openai", text, ...openAiWishes({ request }) };
  }
  const { deploymentId } = voice;
  return deploymentId === undefined ? { kind: "standard" } : { kind: "deployment", deploymentId };
}

/** Begins at once; a failure waits until somebody asks for the first event. */
function startedPart(part: SynthesisPart, events: AsyncGenerator<SpeechEvent, void, void>): StartedPart {
  const first = events.next();
  first.catch(() => undefined);
  return { part, events, first };
}

async function* eventsFrom({ events, first }: StartedPart): AsyncGenerator<SpeechEvent, void, void> {
  try {
    for (let result = await first; result.done !== true; result = await events.next()) {
      yield result.value;
    }
  } finally {
    await events.return();
  }
}

function* audioEvent(bytes: Uint8Array): Generator<SynthesisEvent, void, void> {
  if (bytes.length > 0) {
    yield { kind: "audio", bytes };
  }
}
