export interface Transcript {
  readonly text: string;
  readonly durationSeconds: number;
  readonly language: string;
}

interface TimedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** @param granularities any of `word` and `segment`. */
export function verboseJson(transcript: Transcript, granularities: readonly string[]): object {
  const { text, durationSeconds, language } = transcript;
  return {
    task: "transcribe",
    language,
    duration: durationSeconds,
    text,
    ...(granularities.includes("word") && { words: timedWords(transcript) }),
    ...(granularities.includes("segment") && {
      segments: [
        {
          id: 0,
          seek: 0,
          start: 0,
          end: durationSeconds,
          text,
          tokens: [],
          temperature: 0,
          avg_logprob: 0,
          compression_ratio: 1,
          no_speech_prob: 0,
        },
      ],
    }),
    usage: { type: "duration", seconds: Math.ceil(durationSeconds) },
  };
}

export function srt({ text, durationSeconds }: Transcript): string {
  return `1\n${timestamp(0, ",")} --> ${timestamp(durationSeconds, ",")}\n${text}\n\n`;
}

export function vtt({ text, durationSeconds }: Transcript): string {
  return `WEBVTT\n\n${timestamp(0, ".")} --> ${timestamp(durationSeconds, ".")}\n${text}\n\n`;
}

/** Spread evenly over the recording: the stand-in does not hear where they are. */
function timedWords({ text, durationSeconds }: Transcript): readonly TimedWord[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const share = durationSeconds / Math.max(1, words.length);
  return words.map((word, index) => ({
    word,
    start: Math.round(index * share * 1000) / 1000,
    end: Math.round((index + 1) * share * 1000) / 1000,
  }));
}

function timestamp(seconds: number, separator: string): string {
  const text = new Date(Math.round(seconds * 1000)).toISOString();
  return text.slice(11, 23).replace(".", separator);
}
