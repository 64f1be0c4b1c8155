import type { DroppedItem } from "../../application/ports/drop-file-reader.ts";
import { dropFileFault } from "./drop-file-fault.ts";

const TIME = String.raw`(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})`;
const CUE_TIMES = new RegExp(String.raw`^\s*${TIME}\s+-->\s+${TIME}`);

/** Blocks of WebVTT that are never spoken. */
const SILENT_BLOCK = /^(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)/;

interface Block {
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * One item per cue, of SubRip or WebVTT; markup inside cues is left out.
 *
 * @throws {@link ServiceError} `drop-file-invalid`.
 */
export function readSubtitles(text: string): readonly DroppedItem[] {
  return blocksOf(text).flatMap(({ line, lines }) => {
    const timesAt = lines.findIndex((each) => CUE_TIMES.test(each));
    if (timesAt === -1) {
      if (SILENT_BLOCK.test(lines[0] ?? "")) {
        return [];
      }
      throw dropFileFault(line, "a cue needs a line with its times, such as 00:00:01,000 --> 00:00:02,500");
    }
    const spoken = plainText(lines.slice(timesAt + 1).join(" "));
    return spoken === ""
      ? []
      : [{ line, fields: { text: spoken }, startMs: startMsOf(lines[timesAt] ?? "") }];
  });
}

/** Runs of lines between empty ones. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: { line: number; lines: string[] }[] = [];
  let isOpen = false;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") {
      isOpen = false;
    } else if (isOpen) {
      blocks.at(-1)?.lines.push(line);
    } else {
      blocks.push({ line: index + 1, lines: [line] });
      isOpen = true;
    }
  }
  return blocks;
}

function startMsOf(times: string): number {
  const [hours, minutes, seconds, ms] = (CUE_TIMES.exec(times) ?? [])
    .slice(1, 5)
    .map((part) => Number(part ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000 + (ms ?? 0);
}

function plainText(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>|\{\\[^}]*\}/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}
