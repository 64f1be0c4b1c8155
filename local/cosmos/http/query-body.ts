import { z } from "zod";

import type { Json } from "../json.ts";
import { badRequest } from "../refusals.ts";
import type { CosmosRequest } from "./cosmos-request.ts";

const MAX_QUERY_BYTES = 512 * 1024;

const querySchema = z.object({
  query: z.string(),
  parameters: z.array(z.object({ name: z.string().startsWith("@"), value: z.json() })).default([]),
});

/** @throws Refusal 400. */
export function queryOf(request: CosmosRequest): {
  readonly query: string;
  readonly parameters: ReadonlyMap<string, Json>;
} {
  const parsed = querySchema.safeParse(request.json());
  if (!parsed.success) {
    throw badRequest(`The query request is invalid. ${z.prettifyError(parsed.error)}`);
  }
  const { query, parameters } = parsed.data;
  if (Buffer.byteLength(query) > MAX_QUERY_BYTES) {
    throw badRequest(`The SQL query text exceeds the maximum limit of ${MAX_QUERY_BYTES} bytes.`);
  }
  return { query, parameters: new Map(parameters.map(({ name, value }) => [name, value])) };
}
