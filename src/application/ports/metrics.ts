/** Default buckets of durations, from a millisecond to half a minute. */
const DURATION_SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30] as const;

/** Every counter: what it counts and its labels. Names follow the conventions of Prometheus. */
export const COUNTERS = {
  voice_requests_total: { help: "Requests answered.", labels: ["operation", "status"] },
  voice_request_errors_total: { help: "Requests refused or failed.", labels: ["operation", "code"] },
  voice_streams_total: {
    help: "Streamed answers that ended: complete, aborted by the client, or failed.",
    labels: ["operation", "outcome"],
  },
  voice_rate_limited_total: { help: "Requests over their budget.", labels: ["class"] },
  voice_characters_total: { help: "Characters synthesized.", labels: ["kind"] },
  voice_cache_requests_total: { help: "Syntheses asked of the cache.", labels: ["result"] },
  voice_upstream_requests_total: { help: "Calls to Azure.", labels: ["service", "outcome"] },
  voice_upstream_throttled_total: {
    help: "Answers of Azure over its quota or capacity (429), also those that a retry overcame.",
    labels: ["service"],
  },
  voice_training_stages_total: {
    help: "Stages that trainings entered or ended in.",
    labels: ["stage", "outcome"],
  },
  voice_batch_items_total: { help: "Batch items that ended.", labels: ["status"] },
  voice_queue_refused_total: { help: "Syntheses for which the queue had no place.", labels: [] },
} as const;

/** Every histogram. */
export const HISTOGRAMS = {
  voice_request_duration_seconds: {
    help: "Time until the headers of the answer.",
    labels: ["operation"],
    buckets: DURATION_SECONDS,
  },
  voice_time_to_first_audio_seconds: {
    help: "Time from a synthesis request to its first audio.",
    labels: ["mode"],
    buckets: DURATION_SECONDS,
  },
  voice_real_time_factor_ratio: {
    help: "Time to synthesize divided by the duration of the audio.",
    labels: ["mode"],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3],
  },
  voice_queue_wait_seconds: {
    help: "Time that a synthesis waited for its turn.",
    labels: [],
    buckets: DURATION_SECONDS,
  },
} as const;

/** Every gauge. */
export const GAUGES = {
  voice_queue_length: { help: "Syntheses that wait for their turn.", labels: [] },
  voice_running_syntheses: { help: "Syntheses under way upstream.", labels: [] },
  voice_effective_limit_ratio: {
    help: "Share of the configured limit that is in effect.",
    labels: ["class"],
  },
} as const;

export type CounterName = keyof typeof COUNTERS;
export type HistogramName = keyof typeof HISTOGRAMS;
export type GaugeName = keyof typeof GAUGES;

/** One value for each label of the metric. Values come from small, fixed sets: never ids or texts. */
export type LabelsOf<M extends { readonly labels: readonly string[] }> = Readonly<
  Record<M["labels"][number], string>
>;

/** Numbers for operators. Nothing here fails or waits. */
export interface Metrics {
  /** @param amount default 1. */
  count<N extends CounterName>(name: N, labels: LabelsOf<(typeof COUNTERS)[N]>, amount?: number): void;
  observe<N extends HistogramName>(name: N, labels: LabelsOf<(typeof HISTOGRAMS)[N]>, value: number): void;
  set<N extends GaugeName>(name: N, labels: LabelsOf<(typeof GAUGES)[N]>, value: number): void;
}
