import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TokenFlaw, TokenRequest } from "../../local/entra/access-token.ts";
import {
  LOCAL_API_CLIENT_ID,
  LOCAL_APP_ID_URI,
  LOCAL_DAEMON_CLIENT_ID,
  LOCAL_TENANT_ID,
  objectIdOf,
} from "../../local/entra/registration.ts";
import { type RunningEntra, startEntra } from "../../local/entra/start-entra.ts";
import { createControl, type StandInControl } from "../../local/faults/control.ts";
import { EntraAuthenticator } from "../../src/adapters/entra/entra-authenticator.ts";
import type { Clock } from "../../src/application/ports/clock.ts";
import { SystemClock } from "../../src/adapters/system/system-clock.ts";
import { ManualClock } from "../support/manual-clock.ts";

const KEYS = "discovery/keys";

let dataDirectory: string;
let control: StandInControl;
let entra: RunningEntra;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "entra-"));
  control = createControl();
  entra = await startEntra({ port: 0, dataDirectory, audience: LOCAL_APP_ID_URI, control });
});

afterEach(async () => {
  vi.useRealTimers();
  await entra.close();
  await rm(dataDirectory, { recursive: true });
});

function authenticator(clock: Clock = new SystemClock()): EntraAuthenticator {
  return new EntraAuthenticator({
    tenantId: LOCAL_TENANT_ID,
    audiences: [LOCAL_APP_ID_URI, LOCAL_API_CLIENT_ID],
    authority: entra.url,
    clock,
  });
}

function keyRequests(): number {
  return control.calls.count("entra", KEYS);
}

/** Lets time pass for the key cache, which reads the system's clock. */
function passTime(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("a good token", () => {
  it.each(["1.0", "2.0"] as const)("of version %s and a person owns by the object id", async (version) => {
    const token = await entra.issueToken({
      subject: { kind: "user", name: "ada" },
      roles: ["Voice.User"],
      version,
    });

    await expect(authenticator().authenticate(token)).resolves.toMatchObject({
      id: objectIdOf("ada"),
      kind: "user",
      tenantId: LOCAL_TENANT_ID,
      roles: ["Voice.User"],
    });
  });

  it.each(["1.0", "2.0"] as const)(
    "of version %s and an application owns by its client id",
    async (version) => {
      const token = await entra.issueToken({ subject: { kind: "app" }, roles: ["Voice.Trainer"], version });

      await expect(authenticator().authenticate(token)).resolves.toMatchObject({
        id: LOCAL_DAEMON_CLIENT_ID,
        kind: "app",
      });
    },
  );

  it("without roles of ours is let in with no permission", async () => {
    const token = await entra.issueToken({ roles: ["Other.Role"] });

    const principal = await authenticator().authenticate(token);

    expect([principal.roles, principal.permissions.size]).toEqual([[], 0]);
  });

  it("with a narrow delegated scope keeps only that much of the role", async () => {
    const token = await entra.issueToken({
      subject: { kind: "user", name: "ada", scopes: ["synthesis:run"] },
      roles: ["Voice.Admin"],
    });

    const principal = await authenticator().authenticate(token);

    expect([...principal.permissions]).toEqual(["synthesis:run"]);
  });

  it("is verified once and remembered until it expires", async () => {
    const clock = new ManualClock(new Date());
    const subject = authenticator(clock);
    const token = await entra.issueToken({ roles: ["Voice.User"], lifetimeSeconds: 600 });
    await subject.authenticate(token);
    await entra.close();

    await expect(subject.authenticate(token)).resolves.toMatchObject({ roles: ["Voice.User"] });
    clock.advance(600 + 121);
    await expect(subject.authenticate(token)).rejects.toMatchObject({ code: "token-expired" });
  });
});

describe("a wrong token", () => {
  const refusals: readonly (readonly [TokenFlaw, string])[] = [
    ["expired", "token-expired"],
    ["not-yet-valid", "token-invalid"],
    ["wrong-audience", "token-audience-wrong"],
    ["wrong-issuer", "token-issuer-wrong"],
    ["wrong-tenant", "token-issuer-wrong"],
    ["unsigned", "token-invalid"],
    ["bad-signature", "token-invalid"],
    ["hmac-with-public-key", "token-invalid"],
    ["unknown-key", "token-invalid"],
  ];

  it.each(refusals)("that is %s is refused as %s", async (flaw, code) => {
    const token = await entra.issueToken({ roles: ["Voice.Admin"], flaw });

    await expect(authenticator().authenticate(token)).rejects.toMatchObject({ code });
  });

  it.each(["", "abc", "a.b.c", "..", "x".repeat(20_000)])("that is no token is refused", async (token) => {
    await expect(authenticator().authenticate(token)).rejects.toMatchObject({
      code: token === "" ? "token-missing" : "token-invalid",
    });
  });

  it("with one changed character is refused", async () => {
    const [header, payload, signature] = (await entra.issueToken({ roles: ["Voice.User"] })).split(".");
    const raised = Buffer.from(payload ?? "", "base64url")
      .toString()
      .replace("Voice.User", "Voice.Admin");

    const forged = `${header}.${Buffer.from(raised).toString("base64url")}.${signature}`;

    await expect(authenticator().authenticate(forged)).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("that is not there at all is asked for", async () => {
    await expect(authenticator().authenticate(undefined)).rejects.toMatchObject({ code: "token-missing" });
  });
});

describe("the signing keys", () => {
  const roles: TokenRequest = { roles: ["Voice.User"] };

  it("are fetched once for many tokens at once", async () => {
    const subject = authenticator();
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        entra.issueToken({ ...roles, subject: { kind: "user", name: `user-${index}` } }),
      ),
    );

    await Promise.all(tokens.map((token) => subject.authenticate(token)));

    expect(keyRequests()).toBe(1);
  });

  it("are fetched again when a token names a new one", async () => {
    const subject = authenticator();
    await subject.authenticate(await entra.issueToken(roles));
    await entra.rollOverKeys();
    const token = await entra.issueToken(roles);
    passTime(31_000);

    await expect(subject.authenticate(token)).resolves.toMatchObject({ kind: "user" });
    expect(keyRequests()).toBe(2);
  });

  it("are not asked for by a flood of unknown key ids", async () => {
    const subject = authenticator();
    await subject.authenticate(await entra.issueToken(roles));
    const forged = await Promise.all(
      Array.from({ length: 20 }, () => entra.issueToken({ ...roles, flaw: "unknown-key" })),
    );

    const outcomes = await Promise.allSettled(forged.map((token) => subject.authenticate(token)));

    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(keyRequests()).toBe(1);
  });

  it("are not asked for by tokens of other tenants", async () => {
    const token = await entra.issueToken({ ...roles, flaw: "wrong-issuer" });

    await expect(authenticator().authenticate(token)).rejects.toMatchObject({ code: "token-issuer-wrong" });
    expect(keyRequests()).toBe(0);
  });

  it("go on being good while Entra does not answer", async () => {
    const subject = authenticator();
    await subject.authenticate(await entra.issueToken(roles));
    const token = await entra.issueToken({ ...roles, subject: { kind: "user", name: "another" } });
    control.faults.add({ service: "entra", action: { kind: "status", status: 503 }, times: 100 });
    passTime(2 * 3_600_000);

    await expect(subject.authenticate(token)).resolves.toMatchObject({ kind: "user" });
  });

  it("are missed with a retryable error when Entra never answered", async () => {
    const token = await entra.issueToken(roles);
    control.faults.add({ service: "entra", action: { kind: "status", status: 503 }, times: 100 });

    await expect(authenticator().authenticate(token)).rejects.toMatchObject({
      code: "identity-unavailable",
      retryable: true,
    });
  });
});
