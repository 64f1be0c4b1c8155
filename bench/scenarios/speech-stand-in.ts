import { monitorEventLoopDelay } from "node:perf_hooks";
import { noCustomVoices } from "../../local/speech/speech-state.ts";
import { startSpeech } from "../../local/speech/start-speech.ts";
import { LOCAL_KEY } from "../../local/stack/local-settings.ts";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { speakAt } from "../harness/speak-at.ts";
import { statisticsOf } from "../harness/statistics.ts";
import type { TimedAnswer } from "../harness/timed-request.ts";
import { ssmlOf } from "./speech-contenders.ts";

const FORMAT = "audio-24khz-96kbitrate-mono-mp3";
const BYTES_PER_SECOND = 12_000;
const TEXTS_AT_ONCE = 20;
const ROUNDS = 10;
const LAG_RESOLUTION_MS = 5;
const NS_PER_MS = 1e6;

const PARAGRAPH = ssmlOf(
  "The old library stood at the corner of the square, where nobody had expected it. Every morning, people waited in " +
    "front of its doors; some read newspapers, others talked about the weather.",
);

/** The stand-in of the Speech service in this process, its engine in threads: how fast it speaks, and whom it holds up. */
export const speechStandIn: Scenario = {
  name: "speech-stand-in",
  run: async () => {
    const speech = await startSpeech({ port: 0, key: LOCAL_KEY, state: noCustomVoices });
    const speak = () => speakAt(speech.url, PARAGRAPH, FORMAT);
    try {
      await speak();
      return [...(await alone(speak)), ...(await atOnce(speak))];
    } finally {
      await speech.close();
    }
  },
};

async function alone(speak: () => Promise<TimedAnswer>): Promise<readonly Figure[]> {
  const answers: TimedAnswer[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    answers.push(await speak());
  }
  const speeds = answers.map((answer) => speechSecondsOf([answer]) / (answer.wholeMs / 1000));
  return [
    {
      what: "first byte of a paragraph",
      unit: "ms",
      statistics: statisticsOf(answers.map(({ firstByteMs }) => firstByteMs)),
    },
    { what: "seconds of speech, one text", unit: "per second", statistics: statisticsOf(speeds) },
  ];
}

async function atOnce(speak: () => Promise<TimedAnswer>): Promise<readonly Figure[]> {
  const speeds: number[] = [];
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    const answers = await Promise.all(Array.from({ length: TEXTS_AT_ONCE }, speak));
    speeds.push(speechSecondsOf(answers) / ((performance.now() - startedMs) / 1000));
  }
  lag.disable();
  const lagMs = (ns: number): number => Math.max(0, ns / NS_PER_MS - LAG_RESOLUTION_MS);
  return [
    {
      what: `seconds of speech, ${TEXTS_AT_ONCE} texts at once`,
      unit: "per second",
      statistics: statisticsOf(speeds),
    },
    {
      what: "lag of the event loop meanwhile",
      unit: "ms",
      statistics: {
        count: lag.count,
        min: lagMs(lag.min),
        median: lagMs(lag.percentile(50)),
        p95: lagMs(lag.percentile(95)),
        p99: lagMs(lag.percentile(99)),
      },
    },
  ];
}

function speechSecondsOf(answers: readonly TimedAnswer[]): number {
  return answers.reduce((sizeBytes, { body }) => sizeBytes + body.length, 0) / BYTES_PER_SECOND;
}
