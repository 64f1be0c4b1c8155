import { CONSENT_STATEMENTS } from "./consent-statements.ts";

export interface ConsentNames {
  readonly voiceTalentName: string;
  readonly companyName: string;
}

/** The locales in which a consent can be recorded. */
export function consentLocales(): readonly string[] {
  return Object.keys(CONSENT_STATEMENTS);
}

/** @returns the sentence to read aloud, undefined for a locale without a prescribed one. */
export function consentStatement(
  locale: string,
  { voiceTalentName, companyName }: ConsentNames,
): string | undefined {
  return CONSENT_STATEMENTS[locale]
    ?.replace("{voiceTalentName}", () => voiceTalentName)
    .replace("{companyName}", () => companyName);
}
