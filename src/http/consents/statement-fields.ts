import { z } from "zod";
import { lineOfText } from "../line-of-text.ts";

const personOrCompany = lineOfText(100);

/** What a consent statement is made of. */
export const statementFields = {
  locale: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, "is no locale such as en-US"),
  voiceTalentName: personOrCompany,
  companyName: personOrCompany,
};
