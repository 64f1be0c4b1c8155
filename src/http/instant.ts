import { z } from "zod";

/** A time, or a day that stands for its begin in UTC. */
export const instantField = z.union([z.iso.datetime(), z.iso.date()]).optional();

/** Times compare as text, so all are written alike. */
export function instantOf(value: string | undefined): string | undefined {
  return value && new Date(value).toISOString();
}
