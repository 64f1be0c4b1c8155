/** Azure bills no `speak` and `voice` tags. */
const FREE_TAGS = /<\/?(?:speak|voice)\b[^>]*>/g;

/**
 * What Azure bills for an SSML document: every code point but the free tags, and every Han character twice.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/text-to-speech#billable-characters
 */
export function billedCharacters(ssml: string): number {
  const billed = ssml.replace(FREE_TAGS, "");
  return countCodePoints(billed) + (billed.match(/\p{Script=Han}/gu)?.length ?? 0);
}

export function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    if (isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1))) {
      count--;
      index++;
    }
  }
  return count;
}

function isHighSurrogate(codeUnit: number): boolean {
  return codeUnit >= 0xd800 && codeUnit <= 0xdbff;
}

function isLowSurrogate(codeUnit: number): boolean {
  return codeUnit >= 0xdc00 && codeUnit <= 0xdfff;
}
