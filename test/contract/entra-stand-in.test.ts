import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  LOCAL_API_CLIENT_ID,
  LOCAL_APP_ID_URI,
  LOCAL_DAEMON_CLIENT_ID,
  LOCAL_DAEMON_CLIENT_SECRET,
  LOCAL_SPA_CLIENT_ID,
  LOCAL_TENANT_ID,
} from "../../local/entra/registration.ts";
import { type RunningEntra, startEntra } from "../../local/entra/start-entra.ts";
import { createControl } from "../../local/faults/control.ts";

const REDIRECT_URI = "http://localhost:7071/docs/oauth2-redirect.html";
const daemon = {
  grant_type: "client_credentials",
  client_id: LOCAL_DAEMON_CLIENT_ID,
  client_secret: LOCAL_DAEMON_CLIENT_SECRET,
  scope: `${LOCAL_APP_ID_URI}/.default`,
};
const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number(),
});
const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.literal("RSA"), kid: z.string() })) });

let dataDirectory: string;
let entra: RunningEntra;

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "entra-"));
  entra = await startEntra({ port: 0, dataDirectory, audience: LOCAL_APP_ID_URI });
});

afterAll(async () => {
  await entra.close();
  await rm(dataDirectory, { recursive: true });
});

function tenantUrl(path: string): string {
  return `${entra.url}/${LOCAL_TENANT_ID}/${path}`;
}

async function postToken(form: Readonly<Record<string, string>>, path = "oauth2/v2.0/token") {
  const response = await fetch(tenantUrl(path), { method: "POST", body: new URLSearchParams(form) });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

async function publishedKeys() {
  const response = await fetch(tenantUrl("discovery/v2.0/keys"));
  return jwks.parse(await response.json());
}

interface SignIn {
  readonly verifier: string;
  readonly url: URL;
}

function newSignIn(changes: Readonly<Record<string, string>> = {}): SignIn {
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(tenantUrl("oauth2/v2.0/authorize"));
  url.search = new URLSearchParams({
    client_id: LOCAL_SPA_CLIENT_ID,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: `openid ${LOCAL_APP_ID_URI}/access_as_user`,
    state: "state-1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  }).toString();
  return { verifier, url };
}

async function codeOf(signIn: SignIn): Promise<string> {
  const form = new URLSearchParams({ user: "ada" });
  form.append("role", "Voice.User");
  form.append("role", "Voice.Trainer");
  const response = await fetch(signIn.url, { method: "POST", body: form, redirect: "manual" });
  const location = new URL(response.headers.get("location") ?? "");
  expect(location.searchParams.get("state")).toBe("state-1");
  return location.searchParams.get("code") ?? "";
}

function redemptionOf(code: string, verifier: string) {
  return {
    grant_type: "authorization_code",
    client_id: LOCAL_SPA_CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: verifier,
  };
}

describe("discovery", () => {
  it.each([
    ["v2.0/.well-known/openid-configuration", `https://login.microsoftonline.com/${LOCAL_TENANT_ID}/v2.0`],
    [".well-known/openid-configuration", `https://sts.windows.net/${LOCAL_TENANT_ID}/`],
  ])("at %s names Azure's issuer and the stand-in's endpoints", async (path, issuer) => {
    const response = await fetch(tenantUrl(path));
    const document = z.object({ issuer: z.string(), jwks_uri: z.url() }).parse(await response.json());

    expect(document.issuer).toBe(issuer);
    await expect(fetch(document.jwks_uri).then(({ status }) => status)).resolves.toBe(200);
  });

  it("does not know other tenants", async () => {
    const response = await fetch(`${entra.url}/contoso.example/v2.0/.well-known/openid-configuration`);

    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({ error: "invalid_request", error_codes: [90002] });
  });
});

describe("client credentials", () => {
  it("give an application a v2 token that the published keys verify", async () => {
    const { status, body } = await postToken(daemon);
    const { access_token: token } = tokenAnswer.parse(body);

    const { payload } = await jwtVerify(token, createLocalJWKSet(await publishedKeys()));

    expect(status).toBe(200);
    expect(payload).toMatchObject({ aud: LOCAL_API_CLIENT_ID, azp: LOCAL_DAEMON_CLIENT_ID, ver: "2.0" });
  });

  it("give a v1 token at the v1 endpoint", async () => {
    const { body } = await postToken({ ...daemon, resource: LOCAL_APP_ID_URI }, "oauth2/token");

    expect(decodeJwt(tokenAnswer.parse(body).access_token)).toMatchObject({
      aud: LOCAL_APP_ID_URI,
      appid: LOCAL_DAEMON_CLIENT_ID,
      ver: "1.0",
    });
  });

  it.each([
    [{ client_secret: "wrong" }, 401, { error: "invalid_client", error_codes: [7000215] }],
    [{ client_id: "unknown" }, 400, { error: "unauthorized_client", error_codes: [700016] }],
    [
      { scope: `${LOCAL_APP_ID_URI}/access_as_user` },
      400,
      { error: "invalid_scope", error_codes: [1002012] },
    ],
    [
      { scope: "https://graph.microsoft.com/.default" },
      400,
      { error: "invalid_resource", error_codes: [500011] },
    ],
    [{ grant_type: "password" }, 400, { error: "unsupported_grant_type", error_codes: [70003] }],
    [{ grant_type: "" }, 400, { error: "invalid_request", error_codes: [90014] }],
  ])("with %o are refused as Entra refuses them", async (change, status, body) => {
    const answer = await postToken({ ...daemon, ...change });

    expect(answer).toMatchObject({ status, body });
  });
});

describe("signing in with PKCE", () => {
  it("shows a page that offers every role and needs no script", async () => {
    const response = await fetch(newSignIn().url);
    const page = await response.text();

    expect(page).toContain('value="Voice.Auditor"');
    expect(page).not.toContain("<script");
  });

  it("gives a token with the chosen roles and the asked scope", async () => {
    const signIn = newSignIn();

    const { body } = await postToken(redemptionOf(await codeOf(signIn), signIn.verifier));

    expect(decodeJwt(tokenAnswer.parse(body).access_token)).toMatchObject({
      name: "ada",
      roles: ["Voice.User", "Voice.Trainer"],
      scp: "access_as_user",
    });
  });

  it("gives nothing for a wrong verifier", async () => {
    const code = await codeOf(newSignIn());

    await expect(postToken(redemptionOf(code, "wrong"))).resolves.toMatchObject({
      body: { error: "invalid_grant", error_codes: [501481] },
    });
  });

  it.each([
    [{ redirect_uri: "https://evil.example/" }, "AADSTS50011"],
    [{ client_id: "<script>" }, "AADSTS700016"],
    [{ response_type: "token" }, "AADSTS700054"],
    [{ code_challenge: "" }, "AADSTS9002325"],
    [{ code_challenge_method: "plain" }, "AADSTS501471"],
    [{ scope: "https://graph.microsoft.com/User.Read" }, "AADSTS70011"],
  ])("with %o shows Entra's error and redirects nowhere", async (change, number) => {
    const response = await fetch(newSignIn(change).url, { redirect: "manual" });
    const page = await response.text();

    expect(response.status).toBe(400);
    expect(page).toContain(number);
    expect(page).not.toContain("<script>");
  });
});

describe("the signing keys", () => {
  it("survive a restart", async () => {
    const before = await publishedKeys();
    const again = await startEntra({ port: 0, dataDirectory, audience: LOCAL_APP_ID_URI });
    const token = await again.issueToken({});
    await again.close();

    await expect(jwtVerify(token, createLocalJWKSet(before))).resolves.toBeDefined();
  });

  it("are the same for two that open a new folder at once", async () => {
    const directory = await mkdtemp(join(tmpdir(), "entra-"));
    const options = { port: 0, dataDirectory: directory, audience: LOCAL_APP_ID_URI };
    const both = await Promise.all([startEntra(options), startEntra(options)]);
    const tokens = await Promise.all(both.map((one) => one.issueToken({})));
    await Promise.all([...both.map((one) => one.close()), rm(directory, { recursive: true })]);

    const kids = tokens.map((token) => Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

    expect(kids[0]).toBe(kids[1]);
  });
});

describe("the control endpoints", () => {
  it("cannot be reached unless asked for at start", async () => {
    const statuses = await Promise.all(
      ["tokens", "keys/roll-over", "faults"].map(async (path) => {
        const response = await fetch(`${entra.url}/${path}`, { method: "POST", body: "{}" });
        return response.status;
      }),
    );

    expect(statuses).toEqual([404, 404, 404]);
  });

  it("issue wrong tokens and roll the key over", async () => {
    const directory = await mkdtemp(join(tmpdir(), "entra-"));
    const steered = await startEntra({
      port: 0,
      dataDirectory: directory,
      audience: LOCAL_APP_ID_URI,
      control: createControl(),
    });
    const rolled = await fetch(`${steered.url}/keys/roll-over`, { method: "POST" });
    const issued = await fetch(`${steered.url}/tokens`, { method: "POST", body: '{"flaw":"unsigned"}' });
    const { token } = z.object({ token: z.string() }).parse(await issued.json());
    await Promise.all([steered.close(), rm(directory, { recursive: true })]);

    expect(rolled.status).toBe(204);
    expect(token.split(".")[2]).toBe("");
  });
});
