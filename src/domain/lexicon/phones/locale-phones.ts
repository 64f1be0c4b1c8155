import { decomposedIpa } from "./ipa-symbols.ts";

/** The phones that Azure's voices of a locale can speak. */
export interface LocalePhones {
  /** Without length marks, which are legal after every phone; decomposed, no ligatures. */
  readonly ipa: ReadonlySet<string>;
  /** Undefined where the locale's voices take no `sapi`. */
  readonly sapi?: ReadonlySet<string>;
  /** Where the vendor lists the labels; elsewhere a label is as good as the IPA that it stands for. */
  readonly ups?: ReadonlySet<string>;
}

const phones = (...lists: readonly string[]) =>
  new Set(lists.flatMap((list) => decomposedIpa(list).split(" ")));

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-ssml-phonetic-sets */
const PHONES: Readonly<Record<string, LocalePhones>> = {
  "en-US": {
    ipa: phones(
      "i ɪ eɪ ɛ æ ɑ ɔ ʊ oʊ u ʌ aɪ aʊ ɔɪ ə ɝ ɚ",
      "w j p b t d k g m n ŋ f v θ ð s z ʃ ʒ h tʃ dʒ l ɹ",
    ),
    sapi: phones(
      "iy ih ey eh ae aa ao uh ow uw ah ay aw oy ax er",
      "w y p b t d k g m n ng f v th dh s z sh zh h ch jh l r",
    ),
    ups: phones(
      "AA AE AH AO AOX AU AX AI EH EHX ER EI IH I O OI OWX Q UH U UWX R rho",
      "B CH D DH DX F G H JH K L M N NG P S SH T TH V W J Z ZH",
    ),
  },
  "en-GB": {
    ipa: phones(
      "ɑ æ ʌ ɛə aʊ ə aɪ ɛ ɜ eɪ ɪ ɪə i ɒ ɔ əʊ ɔɪ ʊ ʊə u",
      "b tʃ d ð f g h j dʒ k l m n ŋ p ɹ s ʃ t θ v w z ʒ",
    ),
  },
  "de-DE": {
    ipa: phones(
      "a ɔ ɛ ə i ɪ ø o œ e u ʊ y ʏ ai au ɔy ɔʏ̯ ɐ",
      "b d dʒ f g h j k l m n ŋ p pf ʀ r ʁ s ʃ t ts tʃ v x ç z ʒ ʔ",
    ),
    sapi: phones(
      "a: a oh eh: eh ax iy ih eu ow oe ey uw uh ue uy ay aw oy",
      "b d jh f g h y k l m n ng p pf r s sh t ts ch v x c z zh ^",
    ),
  },
  "fr-FR": {
    ipa: phones("a ɑ ɑ̃ ə ɛ ø e ɛ̃ i œ ɔ ɔ̃ o œ̃ u y", "b d f g ɲ ɥ k l m n ŋ p ʁ s ʃ t v w j z ʒ"),
    sapi: phones(
      "ae af an ax eh eu ey in iy oe oh on ow un uw uy a aa ~",
      "b d f g gn hw hy k l m n ng nj p r s sh t v w y z zh",
    ),
  },
  "es-ES": {
    ipa: phones("a i e o u", "b β tʃ d ð f g ɣ j k l ʎ m n ɲ p ɾ r s t θ w x"),
    sapi: phones("a i e o u", "b ch d f g j jj k l ll m n nj p r rr s t th w x"),
  },
  "it-IT": {
    ipa: phones(
      "a ai aʊ e ɛ ej ɛu ei eu i u o ɔ oj oi ou",
      "b tʃ k d dz f dʒ g ʎ ɲ j l m n p ɾ r s ʃ t ts v w",
    ),
  },
  "pt-BR": {
    ipa: phones("i ĩ a ɔ u ũ o õ e ẽ ɐ̃ ə ɛ w̃ j̃", "w p b t d g m n ɲ f v ɾ s z ʃ ʒ x tʃ dʒ l ʎ j k"),
  },
};

/** Locales that share another one's table, but take no `sapi`. */
const SAME_IPA: Readonly<Record<string, string>> = {
  "en-CA": "en-US",
  "de-AT": "de-DE",
  "de-CH": "de-DE",
  "fr-CA": "fr-FR",
  "fr-CH": "fr-FR",
};

/** Their voices take `sapi`; their phones are not known here. */
const OTHER_SAPI_LOCALES: ReadonlySet<string> = new Set(["ja-JP", "zh-CN", "zh-HK", "zh-TW"]);

/** @returns undefined for a locale whose phones are not known. */
export function phonesOfLocale(locale: string): LocalePhones | undefined {
  const shared = SAME_IPA[locale];
  const table = PHONES[shared ?? locale];
  return shared === undefined || table === undefined ? table : { ipa: table.ipa };
}

/** @param locale with its region; for a bare language or `*` nobody can tell, and the answer is true. */
export function takesSapi(locale: string): boolean {
  return (
    !locale.includes("-") || phonesOfLocale(locale)?.sapi !== undefined || OTHER_SAPI_LOCALES.has(locale)
  );
}
