import { describe, expect, it } from "vitest";
import { MetricsTokenAuthenticator } from "../../../src/adapters/system/metrics-token-authenticator.ts";
import type { LimitSubject } from "../../../src/application/ports/request-limiter.ts";
import { permissionsOf } from "../../../src/domain/access/permissions.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { type Admission, admit } from "../../../src/http/admission.ts";
import { clientAddress } from "../../../src/http/client-address.ts";
import type { RouteSpec } from "../../../src/http/route.ts";
import { requestOutcome } from "../../support/request-outcome.ts";

const { spec } = requestOutcome();
const authenticator = {
  authenticate: (token: string | undefined) =>
    token === "good"
      ? Promise.resolve({
          id: "ada",
          kind: "user" as const,
          tenantId: "tenant",
          roles: ["Voice.Trainer"] as const,
          permissions: permissionsOf(["Voice.Trainer"]),
        })
      : Promise.reject(new ServiceError("token-invalid", "no")),
};

function requestWith(headers: Readonly<Record<string, string>>): Request {
  return new Request("http://api.example/api/v1/voices/voice_1", { method: "PUT", headers });
}

async function admitted(request: Request, changes: Partial<RouteSpec> = {}) {
  const taken: LimitSubject[] = [];
  const limiter = {
    take: (subject: LimitSubject) => {
      taken.push(subject);
      return Promise.resolve({ ratelimit: "told" });
    },
  };
  const admission: Admission = { principal: undefined, limitHeaders: {} };
  const parts = { authenticator, limiter, allowedHosts: ["api.example"], trustedProxyCount: 1 };
  const outcome = await Promise.allSettled([
    admit({ spec: { ...spec, ...changes }, request }, admission, parts),
  ]);
  return { outcome: outcome[0], taken, admission };
}

describe("admission", () => {
  it("counts a known principal against its own budget", async () => {
    const { taken, admission } = await admitted(requestWith({ authorization: "Bearer good" }));

    expect(taken).toEqual([{ kind: "principal", id: "ada" }]);
    expect(admission.limitHeaders).toEqual({ ratelimit: "told" });
  });

  it("counts a refused token against the address", async () => {
    const { outcome, taken } = await admitted(
      requestWith({ authorization: "Bearer bad", "x-forwarded-for": "203.0.113.7" }),
    );

    expect(outcome).toMatchObject({ reason: { code: "token-invalid" } });
    expect(taken).toEqual([{ kind: "address", id: "203.0.113.7" }]);
  });

  it("never limits the probes of the platform", async () => {
    const { taken } = await admitted(requestWith({}), { permission: "public", limitClass: "unlimited" });

    expect(taken).toEqual([]);
  });

  it("never counts a preflight against the address", async () => {
    const request = new Request("http://api.example/api/v1/voices", { method: "OPTIONS" });

    const { taken } = await admitted(request, { permission: "public", method: "ANY" });

    expect(taken).toEqual([]);
  });

  it("refuses a foreign host before anything else", async () => {
    const request = new Request("http://evil.example/", { method: "PUT" });

    await expect(admitted(request)).resolves.toMatchObject({
      outcome: { reason: { code: "host-not-allowed" } },
      taken: [],
    });
  });

  it("refuses a declared size over the limit before the token is looked at", async () => {
    const body = { schema: undefined as never, mediaTypes: [], maxBytes: 10 };

    await expect(admitted(requestWith({ "content-length": "11" }), { body })).resolves.toMatchObject({
      outcome: { reason: { code: "request-too-large" } },
    });
  });

  it("tells who was refused for want of a permission", async () => {
    const { outcome, admission } = await admitted(requestWith({ authorization: "Bearer good" }), {
      permission: "audit:read",
    });

    expect(outcome).toMatchObject({ reason: { code: "permission-denied" } });
    expect(admission.principal?.id).toBe("ada");
  });
});

describe("the client's address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["198.51.100.1, 203.0.113.7:51234", "203.0.113.7"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["<script>", undefined],
    ["", undefined],
  ])("of X-Forwarded-For %o is %o behind Azure's front end alone", (header, address) => {
    expect(clientAddress(requestWith({ "x-forwarded-for": header }), 1)).toBe(address);
  });

  it.each([
    ["198.51.100.1, 203.0.113.7, 192.0.2.1:51234", "203.0.113.7"],
    ["203.0.113.7:443, 192.0.2.1", "203.0.113.7"],
    ["203.0.113.7", "203.0.113.7"],
    ["unknown, 192.0.2.1", undefined],
  ])("of X-Forwarded-For %o is %o behind one proxy more", (header, address) => {
    expect(clientAddress(requestWith({ "x-forwarded-for": header }), 2)).toBe(address);
  });
});

describe("the metrics token", () => {
  it("allows reading metrics and nothing else", async () => {
    const subject = new MetricsTokenAuthenticator(authenticator, { credential: async () => "scrape-me" });

    const principal = await subject.authenticate("scrape-me");

    expect([...principal.permissions]).toEqual(["metrics:read"]);
  });

  it("is the newer one as soon as it comes, and is not looked for again for the token that is known", async () => {
    const refused: string[] = [];
    let token = "former";
    const subject = new MetricsTokenAuthenticator(authenticator, {
      credential: async () => token,
      renew: async (former) => {
        refused.push(former);
        token = "scrape-me";
        return true;
      },
    });

    await subject.authenticate("scrape-me");
    await subject.authenticate("scrape-me");

    expect(refused).toEqual(["former"]);
  });

  it.each(["scrape-m", "scrape-me ", ""])("is not %o", async (token) => {
    const subject = new MetricsTokenAuthenticator(authenticator, { credential: async () => "scrape-me" });

    await expect(subject.authenticate(token)).rejects.toMatchObject({ code: "token-invalid" });
  });
});
