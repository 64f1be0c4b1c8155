import type { z } from "zod";
import type { Exchange } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { invalidRequest } from "./openai-refusal.ts";

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** @throws {@link Refusal} 400, 413 or 415. */
export async function parseOpenAiJson<T>({ request }: Exchange, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new Refusal(
      { status: 415, code: "invalid_request_error" },
      "The content type must be application/json.",
    );
  }
  const body = (await readBody(request, BODY_LIMIT_BYTES)).toString("utf8");
  return parseFields(schema, parseJson(body));
}

/** @throws {@link Refusal} 400 that names the first wrong parameter. */
export function parseFields<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidRequest(issue?.path.join(".") ?? "", issue?.message ?? "The request is not valid.");
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("", "The body of the request is not valid JSON.");
  }
}
