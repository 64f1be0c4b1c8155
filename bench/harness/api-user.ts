import type { LocalStack } from "../../test/support/local-stack.ts";
import { localToken } from "../../test/support/api-client.ts";
import { z } from "zod";
import { type TimedAnswer, timedRequest } from "./timed-request.ts";

const claimsSchema = z.object({ oid: z.string() });

/** One person who calls the API of a stack. */
export class ApiUser {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async of({ url, dataDirectory }: LocalStack, name: string): Promise<ApiUser> {
    const subject = { kind: "user", name } as const;
    return new ApiUser(url, await localToken(dataDirectory, { subject, roles: ["Voice.Admin"] }));
  }

  /** The partition of what this person owns. */
  get id(): string {
    const payload = Buffer.from(this.#token.split(".")[1] ?? "", "base64url").toString();
    return claimsSchema.parse(JSON.parse(payload)).oid;
  }

  get(path: string): Promise<TimedAnswer> {
    return timedRequest({ url: `${this.#url}${path}`, method: "GET", headers: this.headers });
  }

  post(path: string, body: object): Promise<TimedAnswer> {
    const headers = { ...this.headers, "content-type": "application/json" };
    return timedRequest({ url: `${this.#url}${path}`, method: "POST", headers, body: JSON.stringify(body) });
  }

  get headers(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.#token}` };
  }
}
