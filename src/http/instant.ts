import { z } from "zod";

/** A time, or a day that stands for its begin in UTC. */
export const instantField = z
  .union([z.iso.datetime(), z.iso.date()], {
    error: "must be a day such as 2026-11-22 or a time such as 2026-11-22T13:00:00Z",
  })
  .optional();

/** Times compare as text, so all are written alike. */
export function instantOf(value: string | undefined): string | undefined {
  return value && new Date(value).toISOString();
}
