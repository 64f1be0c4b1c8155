import type { CaptionCue } from "./caption-cue.ts";

export const CAPTION_FORMATS = ["srt", "vtt"] as const;
export type CaptionFormat = (typeof CAPTION_FORMATS)[number];

export const CAPTION_CONTENT_TYPES: Readonly<Record<CaptionFormat, string>> = {
  srt: "application/x-subrip;charset=utf-8",
  vtt: "text/vtt;charset=utf-8",
};

export function writeCaptions(cues: readonly CaptionCue[], format: CaptionFormat): string {
  return format === "srt" ? writeSrt(cues) : writeVtt(cues);
}

function writeSrt(cues: readonly CaptionCue[]): string {
  return cues
    .map(({ startMs, endMs, lines }, index) => {
      const times = `${timestamp(startMs, ",")} --> ${timestamp(endMs, ",")}`;
      return `${index + 1}\n${times}\n${lines.join("\n")}\n`;
    })
    .join("\n");
}

/** @see https://www.w3.org/TR/webvtt1/#syntax */
function writeVtt(cues: readonly CaptionCue[]): string {
  const blocks = cues.map(({ startMs, endMs, lines }) => {
    const text = lines.map(escapeVtt).join("\n");
    return `${timestamp(startMs, ".")} --> ${timestamp(endMs, ".")}\n${text}\n`;
  });
  return ["WEBVTT\n", ...blocks].join("\n");
}

function escapeVtt(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function timestamp(timeMs: number, decimalSign: string): string {
  const ms = String(Math.round(timeMs) % 1_000).padStart(3, "0");
  const seconds = Math.floor(Math.round(timeMs) / 1_000);
  return `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${decimalSign}${ms}`;
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}
