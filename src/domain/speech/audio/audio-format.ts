import { ServiceError } from "../../errors/service-error.ts";

/** Names a client writes; each stands for one codec in one container. */
export const FORMAT_NAMES = ["mp3", "wav", "ogg-opus", "webm-opus", "pcm", "mulaw", "alaw"] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** How the bytes are laid out: decides how parts are joined and how their length is measured. */
export type AudioLayout = "mp3" | "wav" | "ogg" | "webm" | "samples";

export interface AudioFormat {
  /** Azure's name of what the client gets, for example `riff-24khz-16bit-mono-pcm`. */
  readonly azureName: string;
  /** Azure's name of what is asked from the service: headerless samples where the client gets a WAV file. */
  readonly upstreamName: string;
  readonly layout: AudioLayout;
  readonly codec: "mp3" | "pcm" | "mulaw" | "alaw" | "opus";
  readonly sampleRateHz: number;
  /** Undefined for what has no fixed rate, and for samples. */
  readonly bitrateKbps?: number;
  readonly contentType: string;
  /** File extension without a dot. */
  readonly extension: string;
}

export interface FormatWish {
  /** Default: `mp3`. One of our names, or Azure's own name of a format. */
  readonly format?: string | undefined;
  readonly sampleRateHz?: number | undefined;
  readonly bitrateKbps?: number | undefined;
}

interface Row {
  readonly name?: FormatName;
  readonly format: AudioFormat;
}

const SAMPLE_RATES_HZ = [24_000, 8_000, 16_000, 22_050, 44_100, 48_000] as const;

/** The first row that fits a wish is taken, so the default of each name stands first. */
const ROWS: readonly Row[] = [
  ...(
    [
      [24_000, 96],
      [24_000, 48],
      [24_000, 160],
      [16_000, 64],
      [16_000, 32],
      [16_000, 128],
      [48_000, 96],
      [48_000, 192],
    ] as const
  ).map(([rate, kbps]) => mp3(rate, kbps)),
  ...SAMPLE_RATES_HZ.map((rate) => wav("pcm", rate)),
  wav("mulaw", 8_000),
  wav("alaw", 8_000),
  ...SAMPLE_RATES_HZ.map((rate) => samples("pcm", rate)),
  samples("mulaw", 8_000),
  samples("alaw", 8_000),
  ...[24_000, 16_000, 48_000].map((rate) => ogg(rate)),
  webm(24_000, undefined),
  webm(24_000, 24),
  webm(16_000, undefined),
];

/** Every format that can be asked for: AMR-WB, G.722, SILK and Opus without a container are left out. */
export const AUDIO_FORMATS: readonly AudioFormat[] = ROWS.map((row) => row.format);

/** @throws {@link ServiceError} `format-unsupported`, with the field that does not fit and what would. */
export function resolveAudioFormat(wish: FormatWish): AudioFormat {
  const name = wish.format ?? "mp3";
  const named = ROWS.filter((row) => row.name === name || row.format.azureName === name);
  if (named.length === 0) {
    throw unsupported("format", `Use one of ${FORMAT_NAMES.join(", ")}, or a format name of Azure Speech.`);
  }
  const ofRate = named.filter((row) => fits(wish.sampleRateHz, row.format.sampleRateHz));
  if (ofRate.length === 0) {
    const rates = [...new Set(named.map((row) => row.format.sampleRateHz))];
    throw unsupported("sampleRateHz", `${name} is offered at ${rates.join(", ")} Hz.`);
  }
  const [found] = ofRate.filter((row) => fits(wish.bitrateKbps, row.format.bitrateKbps));
  if (found === undefined) {
    const rates = [...new Set(ofRate.flatMap((row) => row.format.bitrateKbps ?? []))];
    const offer =
      rates.length === 0 ? "has no choice of bit rate" : `is offered at ${rates.join(", ")} kbit/s`;
    throw unsupported("bitrateKbps", `${name} at this sample rate ${offer}.`);
  }
  return found.format;
}

function fits(wanted: number | undefined, offered: number | undefined): boolean {
  return wanted === undefined || wanted === offered;
}

function unsupported(field: string, message: string): ServiceError {
  return new ServiceError("format-unsupported", message, { errors: [{ field, message }] });
}

/** 22,050 and 44,100 are written in full, whole thousands as kHz. */
function rateName(sampleRateHz: number): string {
  return sampleRateHz % 1_000 === 0 ? `${sampleRateHz / 1_000}khz` : `${sampleRateHz}hz`;
}

function mp3(sampleRateHz: number, bitrateKbps: number): Row {
  const azureName = `audio-${rateName(sampleRateHz)}-${bitrateKbps}kbitrate-mono-mp3`;
  return {
    name: "mp3",
    format: {
      azureName,
      upstreamName: azureName,
      layout: "mp3",
      codec: "mp3",
      sampleRateHz,
      bitrateKbps,
      contentType: "audio/mpeg",
      extension: "mp3",
    },
  };
}

function sampleName(codec: "pcm" | "mulaw" | "alaw", sampleRateHz: number): string {
  return `${rateName(sampleRateHz)}-${codec === "pcm" ? 16 : 8}bit-mono-${codec}`;
}

function wav(codec: "pcm" | "mulaw" | "alaw", sampleRateHz: number): Row {
  const format: AudioFormat = {
    azureName: `riff-${sampleName(codec, sampleRateHz)}`,
    upstreamName: `raw-${sampleName(codec, sampleRateHz)}`,
    layout: "wav",
    codec,
    sampleRateHz,
    contentType: "audio/wav",
    extension: "wav",
  };
  return codec === "pcm" ? { name: "wav", format } : { format };
}

function samples(codec: "pcm" | "mulaw" | "alaw", sampleRateHz: number): Row {
  const azureName = `raw-${sampleName(codec, sampleRateHz)}`;
  const subtype = { pcm: "pcm", mulaw: "PCMU", alaw: "PCMA" }[codec];
  return {
    name: codec,
    format: {
      azureName,
      upstreamName: azureName,
      layout: "samples",
      codec,
      sampleRateHz,
      contentType: `audio/${subtype};rate=${sampleRateHz};channels=1`,
      extension: codec,
    },
  };
}

function ogg(sampleRateHz: number): Row {
  const azureName = `ogg-${rateName(sampleRateHz)}-16bit-mono-opus`;
  return {
    name: "ogg-opus",
    format: {
      azureName,
      upstreamName: azureName,
      layout: "ogg",
      codec: "opus",
      sampleRateHz,
      contentType: "audio/ogg;codecs=opus",
      extension: "ogg",
    },
  };
}

function webm(sampleRateHz: number, bitrateKbps: number | undefined): Row {
  const kbps = bitrateKbps === undefined ? "" : `-${bitrateKbps}kbps`;
  const azureName = `webm-${rateName(sampleRateHz)}-16bit${kbps}-mono-opus`;
  return {
    name: "webm-opus",
    format: {
      azureName,
      upstreamName: azureName,
      layout: "webm",
      codec: "opus",
      sampleRateHz,
      ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
      contentType: "audio/webm;codecs=opus",
      extension: "webm",
    },
  };
}
