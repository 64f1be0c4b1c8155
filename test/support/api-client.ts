import { issueAccessToken, type TokenRequest } from "../../local/entra/access-token.ts";
import { LOCAL_APP_ID_URI } from "../../local/entra/registration.ts";
import { SigningKeys } from "../../local/entra/signing-keys.ts";
import type { Role } from "../../src/domain/access/permissions.ts";
import { DescribedAnswers } from "./described-answers.ts";

/** Calls the API of a local stack as one person; an answer that the API description does not have is an error. */
export interface ApiClient {
  send(path: string, init?: RequestInit): Promise<Response>;
  get(path: string): Promise<Response>;
  postJson(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  postForm(
    path: string,
    fields: Readonly<Record<string, string | File | readonly File[]>>,
  ): Promise<Response>;
  delete(path: string): Promise<Response>;
}

export interface ApiUser {
  readonly baseUrl: string;
  readonly dataDirectory: string;
  /** Default: a new person for every client. */
  readonly name?: string;
  /** Default: Voice.Trainer. */
  readonly roles?: readonly Role[];
}

let people = 0;

export async function apiClient(user: ApiUser): Promise<ApiClient> {
  people += 1;
  const { name = `person-${process.pid}-${people}`, roles = ["Voice.Trainer"] } = user;
  const token = await localToken(user.dataDirectory, { subject: { kind: "user", name }, roles: [...roles] });
  return clientWith(user.baseUrl, { authorization: `Bearer ${token}` });
}

const described = new DescribedAnswers();

/** A client that sends exactly these headers with every request. */
export function clientWith(baseUrl: string, headers: Readonly<Record<string, string>>): ApiClient {
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const all = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) {
      all.set(name, value);
    }
    const response = await fetch(`${baseUrl}${path}`, { ...init, headers: all });
    await described.check(init.method ?? "GET", response.url, response);
    return response;
  };
  return {
    send,
    get: (path) => send(path),
    postJson: (path, body, more = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...more },
        body: JSON.stringify(body),
      }),
    postForm: (path, fields) => send(path, { method: "POST", body: formOf(fields) }),
    delete: (path) => send(path, { method: "DELETE" }),
  };
}

/** A token as the local Entra issues it, flaws included. */
export async function localToken(dataDirectory: string, request: TokenRequest): Promise<string> {
  const keys = await SigningKeys.open(dataDirectory);
  return issueAccessToken({ keys, audience: LOCAL_APP_ID_URI, now: () => new Date() }, request);
}

function formOf(fields: Readonly<Record<string, string | File | readonly File[]>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      form.append(name, item);
    }
  }
  return form;
}
