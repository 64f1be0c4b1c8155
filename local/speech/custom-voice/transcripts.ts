/**
 * Decodes a script in one of the encodings the service takes: UTF-16 LE or BE and UTF-8 by their byte order mark,
 * UTF-8 without one, and ANSI for what is not UTF-8.
 */
export function decodeScript(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  if (first === 0xfe && second === 0xff) {
    return new TextDecoder("utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * Reads lines of `file name without extension`, tab, text. Lines without a tab or a text are dropped, and every line of
 * an id that occurs twice.
 */
export function readTranscripts(scripts: readonly string[]): ReadonlyMap<string, string> {
  const transcripts = new Map<string, string>();
  const duplicates = new Set<string>();
  for (const line of scripts.flatMap((script) => script.split(/\r\n|\r|\n/))) {
    const [id = "", ...rest] = line.split("\t");
    const text = rest.join(" ").trim();
    if (text !== "") {
      duplicates.add(transcripts.has(id.trim()) ? id.trim() : "");
      transcripts.set(id.trim(), text);
    }
  }
  for (const id of duplicates) {
    transcripts.delete(id);
  }
  return transcripts;
}
