import { z } from "zod";
import type { Clock } from "../../application/ports/clock.ts";
import { type ReadUsage, USAGE_GROUPS } from "../../application/usage/read-usage.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

const counts = {
  requests: z.int(),
  characters: z.int(),
  charactersBilled: z.int(),
  durationMs: z.int(),
  cacheHits: z.int(),
  cost: z.number().describe("Estimated, in the currency of the price table"),
};

const usageSchema = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    currency: z.string(),
    rows: z.array(
      z.object({
        day: z.iso.date().optional(),
        voiceId: z.string().optional(),
        principalId: z.string().optional(),
        ...counts,
      }),
    ),
    total: z.object(counts),
  })
  .meta({ id: "Usage" });

const querySchema = z.object({
  from: z.iso.date().optional().describe("First day; default: 30 days back"),
  to: z.iso.date().optional().describe("Last day; default: today"),
  groupBy: z
    .string()
    .default("day")
    .transform((value) => value.split(","))
    .pipe(z.array(z.enum(USAGE_GROUPS)).max(3))
    .describe("day, voice, principal; several with commas"),
  voiceId: z.string().min(1).max(200).optional(),
  principalId: z.string().min(1).max(200).optional().describe("Another principal or all; for Voice.Admin"),
});

/** GET /api/v1/usage */
export function getUsageRoute(
  readUsage: ReadUsage,
  { clock, currency }: { readonly clock: Clock; readonly currency: string },
): Route {
  return route(
    {
      operationId: "getUsage",
      method: "GET",
      path: "/api/v1/usage",
      tag: "Usage",
      summary: "Characters, seconds, requests and cost by day, voice and principal",
      permission: "synthesis:read",
      querySchema,
      responses: { 200: { description: "The sums", content: { "application/json": usageSchema } } },
    },
    async ({ query }, { principal, signal }) => {
      const now = clock.now();
      const from = query.from ?? dayOf(new Date(now.getTime() - DEFAULT_DAYS * DAY_MS));
      const to = query.to ?? dayOf(now);
      assertInOrder(from, to);
      const report = await readUsage(principal, { ...query, from, to }, signal);
      return jsonResponse(200, { from, to, currency, ...report });
    },
  );
}

/** @throws {@link ServiceError} `request-invalid`. */
function assertInOrder(from: string, to: string): void {
  if (from > to) {
    throw new ServiceError("request-invalid", "The period ends before it begins.", {
      errors: [{ field: "from", message: `must not be after to, ${to}` }],
    });
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, "2026-11-22".length);
}
