import { z } from "zod";

/** `?ownerId` of lists, and of everything that reads or changes lexicons. */
export const ownerField = z
  .string()
  .regex(/^[\w.:-]{1,200}$/, "must be the id of a principal")
  .optional()
  .describe("Whose, by the id of the principal; what belongs to others needs Voice.Admin. Default: your own");

export const ownerQuery = z.object({ ownerId: ownerField });
