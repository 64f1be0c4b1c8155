import type { RequestLimiter } from "../ports/request-limiter.ts";

/** Counts nothing: rate limiting is switched off. */
export const unlimited: RequestLimiter = { take: () => Promise.resolve({}) };
