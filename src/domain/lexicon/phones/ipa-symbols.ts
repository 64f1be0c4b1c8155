/** Vowels by height (rows, close to open) and backness (front, central, back); in a cell unrounded, rounded; `·` = none. */
const VOWEL_ROWS: readonly (readonly [number, readonly [string, string, string]])[] = [
  [0, ["iy", "ɨʉ", "ɯu"]],
  [0.8, ["ɪʏ", "ᵻᵿ", "·ʊ"]],
  [2, ["eø", "ɘɵ", "ɤo"]],
  [2.7, ["··", "əɚ", "··"]],
  [3.2, ["ɛœ", "ɜɞ", "ʌɔ"]],
  [4.2, ["æ·", "ɐɝ", "··"]],
  [5, ["aɶ", "··", "ɑɒ"]],
];

/** Consonants by manner (rows) and place (columns, lips to throat); in a cell voiceless, voiced; `·` = none. */
const CONSONANT_ROWS: readonly (readonly [string, string])[] = [
  ["plosive", "pb ·· ·· td ·· ʈɖ cɟ kg qɢ ʡ· ʔ·"],
  ["nasal", "·m ·ɱ ·· ·n ·· ·ɳ ·ɲ ·ŋ ·ɴ ·· ··"],
  ["rhotic", "·ʙ ·ⱱ ·· ·r ·ɾ ·ɽ ·· ·· ·ʀ ·· ··"],
  ["fricative", "ɸβ fv θð sz ʃʒ ʂʐ çʝ xɣ χʁ ħʕ hɦ"],
  ["fricative", "·· ·· ·· ·· ɕʑ ·· ·· ɧ· ·· ʜʢ ··"],
  ["lateral", "·· ·· ·· ɬɮ ·ɺ ·· ·· ·· ·· ·· ··"],
  ["approximant", "ʍw ·ʋ ·· ·ɹ ·· ·ɻ ɥj ·ɰ ·· ·· ··"],
  ["lateral", "·· ·· ·· ·l ·ɫ ·ɭ ·ʎ ·ʟ ·· ·· ··"],
  ["implosive", "·ɓ ·· ·· ·ɗ ·· ·· ·ʄ ·ɠ ·ʛ ·· ··"],
  ["click", "ʘ· ·· ǀ· ǃ· ·· ·· ǂ· ǁ· ·· ·· ··"],
];
const RHOTICS: ReadonlySet<string> = new Set("rɾɽʀʁɹɻ");

/** One letter for two phones in a row. */
const LIGATURES: Readonly<Record<string, string>> = {
  ʤ: "dʒ",
  ʧ: "tʃ",
  ʦ: "ts",
  ʣ: "dz",
  ʨ: "tɕ",
  ʥ: "dʑ",
  ɡ: "g",
};

/** Stress, length, syllables, linking, tone: legal in every locale. */
const SUPRASEGMENTALS: ReadonlySet<string> = new Set("ˈˌ.ːˑ‿|‖ ˥˦˧˨˩ꜛꜜ↗↘");
const LENGTH_MARKS: ReadonlySet<string> = new Set("ːˑ");
const MODIFIERS: ReadonlySet<string> = new Set("ʰʱʷʲˠˤⁿˡʼ˞");

/** Characters of keyboards and other alphabets that people take for phones. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "'": "ˈ",
  "’": "ˈ",
  "‘": "ˈ",
  ",": "ˌ",
  ":": "ː",
  ε: "ɛ",
  α: "ɑ",
  γ: "ɣ",
  φ: "ɸ",
  "∫": "ʃ",
  ǝ: "ə",
};

interface VowelFeatures {
  readonly kind: "vowel";
  readonly height: number;
  readonly backness: number;
  readonly rounded: boolean;
}

interface ConsonantFeatures {
  readonly kind: "consonant";
  readonly manner: string;
  /** 0 = lips, 10 = throat. */
  readonly place: number;
  readonly voiced: boolean;
  readonly rhotic: boolean;
}

type Features = VowelFeatures | ConsonantFeatures;

const FEATURES: ReadonlyMap<string, Features> = new Map([...vowels(), ...consonants()]);

export function isIpaLetter(character: string): boolean {
  return FEATURES.has(character) || Object.hasOwn(LIGATURES, character);
}

/** Belongs to the letter before it. */
export function isIpaModifier(character: string): boolean {
  return MODIFIERS.has(character) || /^\p{M}$/u.test(character);
}

export function isSuprasegmental(character: string): boolean {
  return SUPRASEGMENTALS.has(character);
}

export function isLengthMark(character: string): boolean {
  return LENGTH_MARKS.has(character);
}

/** Voices want accents as characters of their own; ç is a letter. */
export function decomposedIpa(ipa: string): string {
  return ipa.normalize("NFD").replaceAll("c\u0327", "ç");
}

export function withoutLigatures(ipa: string): string {
  return ipa.replace(/[ʤʧʦʣʨʥɡ]/g, (letter) => LIGATURES[letter] ?? letter);
}

export function ipaLookAlike(character: string): string | undefined {
  return LOOK_ALIKES[character];
}

/** How differently two phones are made, by their first letters; Infinity for a vowel and a consonant. */
export function articulatoryDistance(phone: string, other: string): number {
  const a = FEATURES.get(phone.charAt(0));
  const b = FEATURES.get(other.charAt(0));
  if (a?.kind === "vowel" && b?.kind === "vowel") {
    return vowelDistance(a, b);
  }
  if (a?.kind === "consonant" && b?.kind === "consonant") {
    return consonantDistance(a, b);
  }
  return Infinity;
}

function vowelDistance(a: VowelFeatures, b: VowelFeatures): number {
  return (
    Math.abs(a.height - b.height) +
    Math.abs(a.backness - b.backness) * 1.5 +
    (a.rounded === b.rounded ? 0 : 1)
  );
}

/** The sounds that languages write as r pass for each other. */
function consonantDistance(a: ConsonantFeatures, b: ConsonantFeatures): number {
  const manner = a.rhotic && b.rhotic ? -3 : 3;
  return (
    (a.manner === b.manner ? 0 : manner) + Math.abs(a.place - b.place) + (a.voiced === b.voiced ? 0 : 1.5)
  );
}

function vowels(): readonly [string, Features][] {
  return VOWEL_ROWS.flatMap(([height, cells]) =>
    cells.flatMap((cell, backness) =>
      lettersOf(cell).map(([letter, second]): [string, Features] => [
        letter,
        // ɪ, ʏ and ʊ are made nearer to the middle than the other vowels of their columns.
        {
          kind: "vowel",
          height,
          backness: height === 0.8 ? 0.3 + backness * 0.7 : backness,
          rounded: second,
        },
      ]),
    ),
  );
}

function consonants(): readonly [string, Features][] {
  return CONSONANT_ROWS.flatMap(([manner, row]) =>
    row
      .split(" ")
      .flatMap((cell, place) =>
        lettersOf(cell).map(([letter, voiced]): [string, Features] => [
          letter,
          { kind: "consonant", manner, place, voiced, rhotic: RHOTICS.has(letter) },
        ]),
      ),
  );
}

function lettersOf(cell: string): readonly [string, boolean][] {
  return Array.from(cell).flatMap((letter, index): [string, boolean][] =>
    letter === "·" ? [] : [[letter, index === 1]],
  );
}
