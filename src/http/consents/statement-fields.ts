import { z } from "zod";

const personOrCompany = z.string().trim().min(1).max(100);

/** What a consent statement is made of. */
export const statementFields = {
  locale: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, "is no locale such as en-US"),
  voiceTalentName: personOrCompany,
  companyName: personOrCompany,
};
