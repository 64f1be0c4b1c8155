/**
 * Labels of Microsoft's Universal Phone Set that stand for a phone, and its IPA.
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/speech-technologies/hh361647(v=office.14)
 */
const PHONES: Readonly<Record<string, string>> = pairs(
  "I i Y y IX ɨ YX ʉ UU ɯ U u IH ɪ YH ʏ UH ʊ E e EU ø EX ɘ OX ɵ OU ɤ O o AX ə EH ɛ OE œ ER ɜ UR ɞ AH ʌ AO ɔ",
  "AE æ AEX ɐ A a AOE ɶ AA ɑ Q ɒ EI eɪ AU aʊ OI ɔɪ AI aɪ IYX iə UYX yə EHX ɛə UWX uə OWX oə AOX ɔə",
  "P p B b M m BB ʙ PH ɸ BH β MF ɱ F f V v VA ʋ TH θ DH ð T t D d N n RR r DX ɾ S s Z z LSH ɬ LH ɮ RA ɹ L l",
  "SH ʃ ZH ʒ TR ʈ DR ɖ NR ɳ DXR ɽ SR ʂ ZR ʐ R ɻ LR ɭ CT c JD ɟ NJ ɲ C ç CJ ʝ J j LJ ʎ W w K k G g NG ŋ X x GH ɣ",
  "GA ɰ GL ʟ QT q QD ɢ QN ɴ QQ ʀ QH χ RH ʁ HH ħ HG ʕ GT ʔ H h WJ ɥ WH ʍ ESH ʜ EZH ʢ ET ʡ SC ɕ ZC ʑ LX ɺ SX ɧ",
  "PF pf TS ts CH tʃ JH dʒ JJ jj DZ dz CC tɕ TSR tʂ JC dʑ",
  "PCK ʘ TCK ǀ NCK ǃ CCK ǂ LCK ǁ BIM ɓ DIM ɗ QIM ʛ GIM ɠ JIM ʄ",
);

/** Stress, syllables, length, pauses, tone, voicing and the like: legal in every locale. */
const MARKS: ReadonlySet<string> = new Set(
  [
    "S1 S2 . + _ | || lng hlg xsh _^ _! _& _, _s _. _? T5 T4 T3 T2 T1 T- T+",
    "vls vcd bvd cvd asp mrd lrd adv ret cen mcn syl nsy rho lla lab pal vel phr vph rai low atr rtr den api lam nas nsr lar unr ejc",
  ].flatMap((list) => list.split(" ")),
);

export function isUpsMark(label: string): boolean {
  return MARKS.has(label);
}

/** @returns undefined for what is no phone of the set. */
export function ipaOfUps(label: string): string | undefined {
  return Object.hasOwn(PHONES, label) ? PHONES[label] : undefined;
}

export function upsOf(ipa: string): string | undefined {
  return Object.keys(PHONES).find((label) => PHONES[label] === ipa);
}

export function upsLabels(): readonly string[] {
  return [...Object.keys(PHONES), ...MARKS];
}

function pairs(...lists: readonly string[]): Record<string, string> {
  const words = lists.flatMap((list) => list.split(" "));
  const entries = words.flatMap((label, index) => (index % 2 === 0 ? [[label, words[index + 1] ?? ""]] : []));
  return Object.fromEntries(entries);
}
