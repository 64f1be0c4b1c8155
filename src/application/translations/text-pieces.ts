/** Divides a text at sentence ends into pieces of at most `maxCharacters` UTF-16 code units; joined they are the text again. */
export function textPieces(text: string, maxCharacters: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)) {
    for (const part of partsOf(segment, maxCharacters)) {
      if (piece !== "" && piece.length + part.length > maxCharacters) {
        pieces.push(piece);
        piece = "";
      }
      piece += part;
    }
  }
  return [...pieces, piece];
}

/** A sentence that is too long is cut between characters. */
function partsOf(sentence: string, maxCharacters: number): readonly string[] {
  if (sentence.length <= maxCharacters) {
    return [sentence];
  }
  const parts: string[] = [];
  let part = "";
  for (const { segment } of new Intl.Segmenter().segment(sentence)) {
    if (part.length + segment.length > maxCharacters) {
      parts.push(part);
      part = "";
    }
    part += segment;
  }
  return [...parts, part];
}
