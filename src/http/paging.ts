import { z } from "zod";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** `?limit` and `?cursor` of every list. */
export const pagingQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(2048).optional(),
};

/** The body of every list. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
