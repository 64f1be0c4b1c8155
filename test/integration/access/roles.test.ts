import { describe, expect, inject, it } from "vitest";
import { describedRoutes } from "../../../scripts/described-routes.ts";
import { type Permission, type Role, ROLES } from "../../../src/domain/access/permissions.ts";
import type { RouteSpec } from "../../../src/http/route.ts";
import { apiClient, clientWith } from "../../support/api-client.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };

/** Written down a second time on purpose: the table in the code is what is being tested. */
const ALLOWED: Readonly<Record<Permission, readonly Role[]>> = {
  "voices:read": ["Voice.Reader", "Voice.User", "Voice.Trainer", "Voice.Admin", "Voice.Auditor"],
  "voices:write": ["Voice.Trainer", "Voice.Admin"],
  "voices:train": ["Voice.Trainer", "Voice.Admin"],
  "synthesis:read": ["Voice.Reader", "Voice.User", "Voice.Trainer", "Voice.Admin", "Voice.Auditor"],
  "synthesis:run": ["Voice.User", "Voice.Trainer", "Voice.Admin"],
  "batches:run": ["Voice.User", "Voice.Trainer", "Voice.Admin"],
  "lexicon:read": ["Voice.Reader", "Voice.User", "Voice.Trainer", "Voice.Admin"],
  "lexicon:write": ["Voice.User", "Voice.Trainer", "Voice.Admin"],
  "metrics:read": ["Voice.Admin", "Voice.Auditor"],
  "audit:read": ["Voice.Admin", "Voice.Auditor"],
};

const specs = describedRoutes()
  .map(({ spec }) => spec)
  .filter(({ method }) => method !== "ANY");
const cells = specs.flatMap((spec) =>
  spec.permission === "public" ? [] : ROLES.map((role) => ({ spec, permission: spec.permission, role })),
);

/** No resource has this id, and no body is sent: whoever is let in gets 404, 415 or 422. */
function requestOf(spec: RouteSpec): [string, RequestInit] {
  return [spec.path.replaceAll(/\{[^}]+\}/g, "none_01J9ZQ3M8K6T4R2W0V5XNBHC7D"), { method: spec.method }];
}

describe("who may call what", () => {
  it.each(cells.map((cell) => ({ ...cell, title: `${cell.spec.operationId} as ${cell.role}` })))(
    "$title",
    async ({ spec, permission, role }) => {
      const api = await apiClient({ ...stack, roles: [role] });

      const response = await api.send(...requestOf(spec));
      await response.body?.cancel();

      const isAllowed = permission !== "public" && ALLOWED[permission].includes(role);
      expect(response.status === 403).toBe(!isAllowed);
      expect(response.status).toBeLessThan(500);
    },
  );

  it.each(specs.filter(({ permission }) => permission !== "public"))(
    "$operationId asks for a token, and for a role if the token has none",
    async (spec) => {
      const [path, init] = requestOf(spec);

      const nobody = await clientWith(stack.baseUrl, {}).send(path, init);
      const roleless = await (await apiClient({ ...stack, roles: [] })).send(path, init);

      expect(nobody.status).toBe(401);
      expect(nobody.headers.get("www-authenticate")).toMatch(/^Bearer /);
      expect(await nobody.json()).toMatchObject({ code: "token-missing" });
      expect(roleless.status).toBe(403);
      expect(await roleless.json()).toMatchObject({
        code: "permission-denied",
        details: { role: expect.stringMatching(/^Voice\./) },
      });
    },
  );

  it.each(specs.filter(({ permission }) => permission === "public"))(
    "$operationId needs no token",
    async (spec) => {
      const response = await clientWith(stack.baseUrl, {}).send(...requestOf(spec));
      await response.body?.cancel();

      expect([401, 403]).not.toContain(response.status);
    },
  );
});
