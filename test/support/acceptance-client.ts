import { inject } from "vitest";
import { acceptanceToken } from "./acceptance-token.ts";
import { type ApiClient, clientWith } from "./api-client.ts";

/** Calls the API under test, wherever it runs, as the one person that the acceptance ring has. */
export async function acceptanceClient(): Promise<ApiClient> {
  const token = await acceptanceToken(inject("dataDirectory"));
  return clientWith(inject("baseUrl"), { authorization: `Bearer ${token}` });
}
