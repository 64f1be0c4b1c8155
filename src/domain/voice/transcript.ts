import { ServiceError } from "../errors/service-error.ts";

/** What one audio file says. */
export interface TranscriptLine {
  /** Name of the audio file without its extension. */
  readonly utteranceId: string;
  readonly text: string;
}

/**
 * Reads a transcript: a line `name<TAB>text` per utterance.
 *
 * @throws {@link ServiceError} `transcript-invalid` with the wrong lines.
 */
export function parseTranscript(text: string): readonly TranscriptLine[] {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ line, number: index + 1 }));
  const parsed = lines
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => ({ number, ...splitLine(line) }));
  const seen = new Set<string>();
  const errors = parsed.flatMap(({ number, utteranceId, text: spoken }) => {
    const message = lineProblem({ utteranceId, text: spoken }, seen);
    seen.add(utteranceId);
    return message === undefined ? [] : [{ field: `transcripts line ${number}`, message }];
  });
  if (errors.length > 0) {
    throw new ServiceError("transcript-invalid", `${errors.length} lines of the transcript cannot be used.`, {
      errors: errors.slice(0, 100),
    });
  }
  return parsed.map(({ utteranceId, text: spoken }) => ({ utteranceId, text: spoken }));
}

function splitLine(line: string): TranscriptLine {
  const tab = line.indexOf("\t");
  return tab === -1
    ? { utteranceId: line.trim(), text: "" }
    : {
        utteranceId: line
          .slice(0, tab)
          .trim()
          .replace(/\.(wav|mp3)$/i, ""),
        text: line.slice(tab + 1).trim(),
      };
}

function lineProblem({ utteranceId, text }: TranscriptLine, seen: ReadonlySet<string>): string | undefined {
  if (utteranceId === "") {
    return "names no audio file";
  }
  if (text === "") {
    return "has no text after a tab";
  }
  return seen.has(utteranceId) ? `repeats ${utteranceId}` : undefined;
}

/** Decodes a text file: UTF-8 and UTF-16 by their byte order marks, UTF-8 without one, or else Windows-1252. */
export function decodeTranscript(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder("utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
