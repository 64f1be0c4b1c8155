import { ApiError } from "./api-exchange.ts";

/**
 * The text as compact JSON.
 *
 * @throws {ApiError} when it is not JSON.
 */
export function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw ApiError.badJson(error instanceof Error ? error.message : String(error));
  }
}

/** The value of JSON text. */
export function valueOfJson(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
