import { expect, inject } from "vitest";
import { type ApiClient, apiClient } from "../api-client.ts";

export const ENTRIES = "/api/v1/lexicon";

export interface Entry {
  readonly id: string;
  readonly grapheme: string;
  readonly etag: string;
}

export interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

/** Somebody new who may speak and edit the lexicon. */
export function lexiconUser(): Promise<ApiClient> {
  return apiClient({
    baseUrl: inject("baseUrl"),
    dataDirectory: inject("dataDirectory"),
    roles: ["Voice.User"],
  });
}

export async function bodyOf<T>(response: Promise<Response>, status: number): Promise<T> {
  const answer = await response;
  const body = (await answer.json()) as T;
  expect({ status: answer.status, body }).toMatchObject({ status });
  return body;
}

export function uploadLexicon(
  api: ApiClient,
  content: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return api.postForm(`${ENTRIES}/bulk-upload`, { file: new File([content], "lexicon.csv"), ...fields });
}
