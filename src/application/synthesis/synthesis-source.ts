import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { SpeechSynthesizer } from "../ports/speech-synthesizer.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import { runSynthesis } from "./run-synthesis.ts";
import { SharedRun } from "./shared-run.ts";
import type { SynthesisCache } from "./synthesis-cache.ts";
import type { SynthesisEvent } from "./synthesis-event.ts";
import { eventsOfResult, ResultCollector, type SynthesisResult } from "./synthesis-result.ts";

export type CacheOutcome = "hit" | "miss" | "bypass";

export interface OpenedSynthesis {
  readonly cache: CacheOutcome;
  /** Leaving the iteration ends the upstream call, unless somebody else listens to the same run. */
  readonly events: AsyncGenerator<SynthesisEvent, void, void>;
}

export interface SynthesisSourceParts {
  readonly synthesizer: SpeechSynthesizer;
  readonly cache: SynthesisCache;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Runs above this are neither shared nor cached: a listener who is slow would keep all of it in memory. */
const MAX_SHARED_BYTES = 2 * 1024 * 1024;

/** Slow speech: more time, and so more bytes, than most texts need. */
const MS_PER_CHARACTER = 110;

/** The first event of a shared run tells where the others come from. */
type SharedEvent = { readonly kind: "opened"; readonly cache: "hit" | "miss" } | SynthesisEvent;

/** A run that equal requests may join. */
interface Flight {
  readonly key: string;
  readonly run: SharedRun<SharedEvent>;
  /** Whether a listener allows that the result is kept. */
  mayStore: boolean;
}

/** Where the events of a synthesis come from: the cache, a run of an equal request, or a run of its own. */
export class SynthesisSource {
  readonly #parts: SynthesisSourceParts;
  readonly #flights = new Map<string, Flight>();

  constructor(parts: SynthesisSourceParts) {
    this.#parts = parts;
  }

  /** Runs that equal requests may join: none when nobody listens and nothing is being cached. */
  get runCount(): number {
    return this.#flights.size;
  }

  /** @throws what {@link SpeechSynthesizer} throws, from the events. */
  async open(prepared: PreparedSynthesis, signal: AbortSignal): Promise<OpenedSynthesis> {
    signal.throwIfAborted();
    const opened = this.#isShareable(prepared)
      ? await this.#openShared(prepared, signal)
      : { cache: "bypass" as const, events: runSynthesis(prepared, this.#parts.synthesizer, signal) };
    this.#parts.metrics.count("voice_cache_requests_total", { result: opened.cache });
    return opened;
  }

  #isShareable(prepared: PreparedSynthesis): boolean {
    const isWanted = prepared.request.cache === "use" && this.#parts.cache.isOn;
    return isWanted && estimatedBytes(prepared) <= MAX_SHARED_BYTES;
  }

  async #openShared(prepared: PreparedSynthesis, signal: AbortSignal): Promise<OpenedSynthesis> {
    const key = this.#parts.cache.keyOf(prepared);
    const running = this.#flights.get(key);
    const flight = running?.run.isJoinable === true ? running : this.#takeOff(key, prepared);
    flight.mayStore ||= prepared.request.store;
    const events = flight.run.join(signal);
    const first = await events.next();
    const outcome = first.done !== true && first.value.kind === "opened" ? first.value.cache : "miss";
    return { cache: flight === running ? "hit" : outcome, events: withoutOpening(events) };
  }

  /** Registered before anything is waited for, so that requests at the same moment find it. */
  #takeOff(key: string, prepared: PreparedSynthesis): Flight {
    const run = new SharedRun<SharedEvent>((ended) => this.#fly(flight, prepared, ended));
    const flight: Flight = { key, run, mayStore: false };
    this.#flights.set(key, flight);
    return flight;
  }

  async *#fly(
    flight: Flight,
    prepared: PreparedSynthesis,
    ended: AbortSignal,
  ): AsyncGenerator<SharedEvent, void, void> {
    const collector = new ResultCollector(prepared.format, MAX_SHARED_BYTES);
    try {
      const cached = await this.#readCache(flight.key, ended);
      yield { kind: "opened", cache: cached === undefined ? "miss" : "hit" };
      if (cached !== undefined) {
        yield* eventsOfResult(cached);
        return;
      }
      for await (const event of runSynthesis(prepared, this.#parts.synthesizer, ended)) {
        collector.add(event);
        yield event;
      }
    } finally {
      void this.#land(flight, collector.result());
    }
  }

  /** The flight can be joined until its result is in the cache. */
  async #land(flight: Flight, result: SynthesisResult | undefined): Promise<void> {
    if (result !== undefined && flight.mayStore) {
      await this.#parts.cache.write(flight.key, result).catch((error: unknown) => this.#report(error));
    }
    if (this.#flights.get(flight.key) === flight) {
      this.#flights.delete(flight.key);
    }
  }

  /** A cache that is down costs a synthesis, not an answer. */
  async #readCache(key: string, signal: AbortSignal): Promise<SynthesisResult | undefined> {
    try {
      return await this.#parts.cache.read(key, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#report(error);
      return undefined;
    }
  }

  #report(error: unknown): void {
    const code = error instanceof ServiceError ? error.code : "internal-error";
    this.#parts.logger.log("warning", "The synthesis cache cannot be used", { code });
  }
}

async function* withoutOpening(
  events: AsyncGenerator<SharedEvent, void, void>,
): AsyncGenerator<SynthesisEvent, void, void> {
  for await (const event of events) {
    if (event.kind !== "opened") {
      yield event;
    }
  }
}

function estimatedBytes({ parts, format }: PreparedSynthesis): number {
  const characters = parts.reduce((sum, { passage }) => sum + passage.written.length, 0);
  const { bitrateKbps, sampleRateHz, codec } = format;
  const sampleBytes = codec === "pcm" ? 2 : 1;
  const bytesPerSecond = bitrateKbps === undefined ? sampleRateHz * sampleBytes : bitrateKbps * 125;
  return (characters * MS_PER_CHARACTER * bytesPerSecond) / 1_000;
}
