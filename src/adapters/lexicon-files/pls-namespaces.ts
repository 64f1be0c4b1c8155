export const PLS_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon";

/** Attributes for what PLS itself cannot say: lexicon, locale, caseSensitive, wholeWord, enabled, notes. */
export const EXTENSION_NAMESPACE = "urn:azure-voice-cloning-api:lexicon";
