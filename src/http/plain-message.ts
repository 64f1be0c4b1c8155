import type { z } from "zod";

/** Says what a text must be like; undefined leaves the message to the schema's own words. */
export const plainMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "too_small" && issue.origin === "string") {
    return issue.minimum === 1 ? "must not be empty" : `must have at least ${issue.minimum} characters`;
  }
  if (issue.code === "too_big" && issue.origin === "string") {
    return `must have at most ${issue.maximum} characters`;
  }
  return undefined;
};
