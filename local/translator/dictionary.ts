import type { LanguageCode } from "./languages.ts";

/** The languages of the dictionary, in the order of the columns below. */
const COLUMNS = ["en", "de", "fr", "es", "it", "nl"] as const satisfies readonly LanguageCode[];

/** A meaning per line, in lower case. The stand-in knows nothing else. */
const ENTRIES = [
  "hello|hallo|bonjour|hola|ciao|hallo",
  "good morning|guten morgen|bonjour|buenos días|buongiorno|goedemorgen",
  "good evening|guten abend|bonsoir|buenas tardes|buonasera|goedenavond",
  "goodbye|auf wiedersehen|au revoir|adiós|arrivederci|tot ziens",
  "thank you|danke|merci|gracias|grazie|dank je",
  "please|bitte|s'il vous plaît|por favor|per favore|alsjeblieft",
  "yes|ja|oui|sí|sì|ja",
  "no|nein|non|no|no|nee",
  "and|und|et|y|e|en",
  "or|oder|ou|o|o|of",
  "the|die|la|la|la|de",
  "is|ist|est|es|è|is",
  "this|dies|ceci|esto|questo|dit",
  "a|ein|un|un|un|een",
  "voice|stimme|voix|voz|voce|stem",
  "world|welt|monde|mundo|mondo|wereld",
  "word|wort|mot|palabra|parola|woord",
  "water|wasser|eau|agua|acqua|water",
  "house|haus|maison|casa|casa|huis",
  "friend|freund|ami|amigo|amico|vriend",
  "day|tag|jour|día|giorno|dag",
  "night|nacht|nuit|noche|notte|nacht",
  "one|eins|un|uno|uno|een",
  "two|zwei|deux|dos|due|twee",
  "three|drei|trois|tres|tre|drie",
  "good|gut|bon|bueno|buono|goed",
  "today|heute|aujourd'hui|hoy|oggi|vandaag",
  "tomorrow|morgen|demain|mañana|domani|morgen",
  "time|zeit|temps|tiempo|tempo|tijd",
  "language|sprache|langue|idioma|lingua|taal",
].map((line) => line.split("|"));

/** Of an expression, the line it stands in; the first one wins. */
const linesOf = new Map(
  COLUMNS.map((language, column) => [
    language,
    new Map(ENTRIES.toReversed().map((entry) => [entry[column] ?? "", entry])),
  ]),
);

/** @returns undefined for what the dictionary does not hold. */
export function lookUp(expression: string, from: LanguageCode, to: LanguageCode): string | undefined {
  const column = COLUMNS.findIndex((language) => language === to);
  const languageLines = [...linesOf].find(([language]) => language === from)?.[1];
  const found = languageLines?.get(expression.toLowerCase().replaceAll("’", "'"))?.[column];
  return found === undefined ? undefined : withCaseOf(expression, found);
}

/** How many of the words the dictionary knows in each of its languages. */
export function countKnownWords(words: readonly string[]): ReadonlyMap<LanguageCode, number> {
  return new Map(
    [...linesOf].map(([language, lines]) => [
      language,
      words.filter((word) => lines.has(word.toLowerCase())).length,
    ]),
  );
}

function withCaseOf(model: string, text: string): string {
  const first = model.charAt(0);
  return first !== first.toLowerCase() ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
