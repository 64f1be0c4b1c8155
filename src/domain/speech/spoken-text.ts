const REPLACEMENT = "\uFFFD";

/** White space, and characters that have no width and no sound. */
const SILENT = /[\s\p{Cf}\p{Cc}\uFFFD]/gu;

/**
 * Makes any string fit for XML without moving a single character: a lone surrogate or a non-character becomes U+FFFD,
 * a control character a space.
 *
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function speakableText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\uFFFE\uFFFF]/g, REPLACEMENT)
    .replace(/\p{Cc}/gu, (control) =>
      control === "\t" || control === "\n" || control === "\r" ? control : " ",
    );
}

/** Whether there is anything in the text besides white space and invisible characters. */
export function hasSpeech(text: string): boolean {
  return text.replace(SILENT, "") !== "";
}
