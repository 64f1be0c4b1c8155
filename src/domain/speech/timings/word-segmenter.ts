/** Making one takes as long as using it on some hundred words. */
const segmenters = new Map<string, Intl.Segmenter>();

/** Enough for all locales in use; requests can name others without end. */
const MAX_SEGMENTERS = 50;

/** @param locale BCP 47. */
export function wordSegmenter(locale: string): Intl.Segmenter {
  const known = segmenters.get(locale);
  if (known !== undefined) {
    return known;
  }
  if (segmenters.size === MAX_SEGMENTERS) {
    segmenters.clear();
  }
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  segmenters.set(locale, segmenter);
  return segmenter;
}
