import { describe, expect, it } from "vitest";
import { assertPermission } from "../../../../src/domain/access/assert-permission.ts";
import { onBehalfOf } from "../../../../src/domain/access/on-behalf-of.ts";
import { leastRoleFor, PERMISSIONS, permissionsOf } from "../../../../src/domain/access/permissions.ts";
import type { Principal } from "../../../../src/domain/access/principal.ts";
import { permissionsWithin } from "../../../../src/domain/access/scopes.ts";

const reader: Principal = {
  id: "reader",
  kind: "user",
  tenantId: "tenant",
  roles: ["Voice.Reader"],
  permissions: permissionsOf(["Voice.Reader"]),
};

describe("the app roles", () => {
  it("give an administrator every permission", () => {
    expect([...permissionsOf(["Voice.Admin"])].toSorted()).toEqual([...PERMISSIONS].toSorted());
  });

  it("let an auditor see and never change", () => {
    const granted = [...permissionsOf(["Voice.Auditor"])];

    expect(granted.filter((permission) => /:(write|train|run)$/.test(permission))).toEqual([]);
  });

  it("add up", () => {
    const granted = permissionsOf(["Voice.User", "Voice.Auditor"]);

    expect([granted.has("synthesis:run"), granted.has("audit:read")]).toEqual([true, true]);
  });

  it("are named by the least privileged one that suffices", () => {
    expect(leastRoleFor("synthesis:run")).toBe("Voice.User");
  });
});

describe("delegated scopes", () => {
  it("leave all of the role to a client with access_as_user", () => {
    const role = permissionsOf(["Voice.User"]);

    expect(permissionsWithin(role, ["openid", "access_as_user"])).toEqual(role);
  });

  it("cut the role down to what the client was given", () => {
    const left = permissionsWithin(permissionsOf(["Voice.Admin"]), ["synthesis:run", "profile"]);

    expect([...left]).toEqual(["synthesis:run"]);
  });

  it("never give what the role does not", () => {
    expect([...permissionsWithin(permissionsOf(["Voice.Reader"]), ["voices:write"])]).toEqual([]);
  });
});

describe("what belongs to others", () => {
  const admin: Principal = { ...reader, id: "admin", roles: ["Voice.Admin"] };

  it("is an administrator's to work on, who stays who he is", () => {
    expect(onBehalfOf(admin, "reader")).toEqual({ ...admin, id: "reader" });
    expect(onBehalfOf(admin, undefined)).toBe(admin);
  });

  it("is nobody else's", () => {
    expect(onBehalfOf(reader, "reader")).toBe(reader);
    expect(() => onBehalfOf(reader, "admin")).toThrow(
      expect.objectContaining({ code: "permission-denied", details: { role: "Voice.Admin" } }),
    );
  });
});

describe("a missing permission", () => {
  it("is refused by the name of the role that gives it", () => {
    expect(() => assertPermission(reader, "voices:train")).toThrow(
      expect.objectContaining({
        code: "permission-denied",
        details: { permission: "voices:train", role: "Voice.Trainer" },
      }),
    );
  });

  it("is refused by the name of the scope where the role would allow it", () => {
    const limited = { ...reader, permissions: permissionsWithin(reader.permissions, ["lexicon:read"]) };

    expect(() => assertPermission(limited, "voices:read")).toThrow(
      expect.objectContaining({ details: { permission: "voices:read", scope: "voices:read" } }),
    );
  });
});
