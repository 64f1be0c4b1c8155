import { joinerFor } from "../../domain/speech/audio/join-audio.ts";
import type { SpeechEvent, SpeechSynthesizer } from "../ports/speech-synthesizer.ts";
import type { PreparedSynthesis, SynthesisPart } from "./prepared-synthesis.ts";

/** What happens while a synthesis runs, in order; times count from the start of the whole audio. */
export type SynthesisEvent =
  | { readonly kind: "audio"; readonly bytes: Uint8Array }
  | { readonly kind: "done"; readonly durationMs: number };

/** A part whose first event is on its way. */
interface StartedPart {
  readonly events: AsyncIterator<SpeechEvent>;
  readonly first: Promise<IteratorResult<SpeechEvent>>;
}

/**
 * Speaks the parts in order, the next one requested while the current one plays, and joins them into one file.
 * Leaving the iteration ends every upstream call.
 *
 * @throws what {@link SpeechSynthesizer} throws.
 */
export async function* runSynthesis(
  prepared: PreparedSynthesis,
  synthesizer: Pick<SpeechSynthesizer, "synthesize">,
  signal: AbortSignal,
): AsyncGenerator<SynthesisEvent, void, void> {
  const left = new AbortController();
  const ended = AbortSignal.any([signal, left.signal]);
  const joiner = joinerFor(prepared.format);
  const start = (part: SynthesisPart | undefined) =>
    part === undefined ? undefined : startedPart(eventsOf(part, prepared, { synthesizer, signal: ended }));
  try {
    let upcoming = start(prepared.parts[0]);
    for (let index = 1; upcoming !== undefined; index++) {
      const current: StartedPart = upcoming;
      await current.first;
      upcoming = start(prepared.parts[index]);
      for await (const event of eventsFrom(current)) {
        if (event.kind === "audio") {
          yield* audioEvent(joiner.push(event.bytes));
        }
      }
      yield* audioEvent(joiner.endPart());
    }
    yield* audioEvent(joiner.finish());
    yield { kind: "done", durationMs: Math.round(joiner.durationMs) };
  } finally {
    left.abort(new DOMException("The listener left.", "AbortError"));
  }
}

interface Upstream {
  readonly synthesizer: Pick<SpeechSynthesizer, "synthesize">;
  readonly signal: AbortSignal;
}

async function* eventsOf(
  part: SynthesisPart,
  { format, target, voice }: PreparedSynthesis,
  { synthesizer, signal }: Upstream,
): AsyncGenerator<SpeechEvent, void, void> {
  const request = {
    ssml: part.ssml,
    outputFormat: format.upstreamName,
    target,
    voiceName: voice.voiceName,
  };
  const audio = await synthesizer.synthesize(request, signal);
  for await (const bytes of audio) {
    yield { kind: "audio", bytes };
  }
}

/** Begins at once; a failure waits until somebody asks for the first event. */
function startedPart(iterable: AsyncGenerator<SpeechEvent, void, void>): StartedPart {
  const first = iterable.next();
  first.catch(() => undefined);
  return { events: iterable, first };
}

async function* eventsFrom({ events, first }: StartedPart): AsyncGenerator<SpeechEvent, void, void> {
  let result = await first;
  while (result.done !== true) {
    yield result.value;
    result = await events.next();
  }
}

function* audioEvent(bytes: Uint8Array): Generator<SynthesisEvent, void, void> {
  if (bytes.length > 0) {
    yield { kind: "audio", bytes };
  }
}
