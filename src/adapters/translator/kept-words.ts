const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": "\u00A0",
};

/**
 * Writes a text as HTML in which some words are marked as not to be translated.
 *
 * @see https://learn.microsoft.com/azure/ai-services/translator/text-translation/how-to/prevent-translation
 */
export function withKeptWords(text: string, words: readonly string[]): string {
  const longestFirst = words.filter((word) => word !== "").toSorted((a, b) => b.length - a.length);
  if (longestFirst.length === 0) {
    return escapeHtml(text);
  }
  const pattern = new RegExp(`(${longestFirst.map(escapePattern).join("|")})`, "u");
  return text
    .split(pattern)
    .map((part, index) =>
      index % 2 === 1 ? `<span class="notranslate">${escapeHtml(part)}</span>` : escapeHtml(part),
    )
    .join("");
}

/** The text of HTML that {@link withKeptWords} wrote and the service translated. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<\/?span[^>]*>/g, "")
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

function escapePattern(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
