export type AudioCodec = "pcm" | "mulaw" | "alaw" | "mp3" | "opus";
export type AudioContainer = "raw" | "riff" | "ogg" | "webm";

/** A format that the stand-in really produces. */
export interface OutputFormat {
  /** Azure's own name. */
  readonly name: string;
  readonly container: AudioContainer;
  readonly codec: AudioCodec;
  readonly sampleRateHz: number;
  /** Missing where the sample rate decides it. */
  readonly bitrateKbps: number | undefined;
  /** What REST answers as `Content-Type`. */
  readonly contentType: string;
}

/** Sample rates as they are written in the names of formats. */
const RATES_HZ: ReadonlyMap<string, number> = new Map([
  ["8khz", 8000],
  ["16khz", 16_000],
  ["22050hz", 22_050],
  ["24khz", 24_000],
  ["44100hz", 44_100],
  ["48khz", 48_000],
]);

const PCM_RATES = ["8khz", "16khz", "22050hz", "24khz", "44100hz", "48khz"];

const MP3_NAMES = [
  "audio-16khz-32kbitrate-mono-mp3",
  "audio-16khz-64kbitrate-mono-mp3",
  "audio-16khz-128kbitrate-mono-mp3",
  "audio-24khz-48kbitrate-mono-mp3",
  "audio-24khz-96kbitrate-mono-mp3",
  "audio-24khz-160kbitrate-mono-mp3",
  "audio-48khz-96kbitrate-mono-mp3",
  "audio-48khz-192kbitrate-mono-mp3",
];

const OPUS_NAMES = [
  "ogg-16khz-16bit-mono-opus",
  "ogg-24khz-16bit-mono-opus",
  "ogg-48khz-16bit-mono-opus",
  "webm-16khz-16bit-mono-opus",
  "webm-24khz-16bit-mono-opus",
  "webm-24khz-16bit-24kbps-mono-opus",
];

const NAMES: readonly string[] = [
  ...["raw", "riff"].flatMap((container) => [
    ...PCM_RATES.map((rate) => `${container}-${rate}-16bit-mono-pcm`),
    `${container}-8khz-8bit-mono-mulaw`,
    `${container}-8khz-8bit-mono-alaw`,
  ]),
  ...MP3_NAMES,
  ...OPUS_NAMES,
];

const FORMATS: ReadonlyMap<string, OutputFormat> = new Map(NAMES.map((name) => [name, parseName(name)]));

export const outputFormats: readonly OutputFormat[] = [...FORMATS.values()];

/** @returns undefined for a name that Azure does not know, and for AMR-WB, G.722, SILK and Opus without a container. */
export function findOutputFormat(name: string): OutputFormat | undefined {
  return FORMATS.get(name);
}

function parseName(name: string): OutputFormat {
  const words = name.split("-");
  const codec = codecOf(words.at(-1));
  const container = containerOf(words[0]);
  const bitrate = words.find((word) => /^\d+kb/.test(word));
  return {
    name,
    container,
    codec,
    sampleRateHz: RATES_HZ.get(words[1] ?? "") ?? 0,
    bitrateKbps: bitrate === undefined ? undefined : Number.parseInt(bitrate, 10),
    contentType: contentTypeOf(container, codec),
  };
}

function codecOf(word: string | undefined): AudioCodec {
  return word === "mulaw" || word === "alaw" || word === "mp3" || word === "opus" ? word : "pcm";
}

function containerOf(word: string | undefined): AudioContainer {
  return word === "riff" || word === "ogg" || word === "webm" ? word : "raw";
}

function contentTypeOf(container: AudioContainer, codec: AudioCodec): string {
  if (codec === "mp3") {
    return "audio/mpeg";
  }
  if (codec === "opus") {
    return `audio/${container}; codec=opus`;
  }
  return container === "riff" ? "audio/x-wav" : "audio/basic";
}
