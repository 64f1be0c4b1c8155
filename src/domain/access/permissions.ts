/** App roles of the Entra app registration. */
export const ROLES = ["Voice.Reader", "Voice.User", "Voice.Trainer", "Voice.Admin", "Voice.Auditor"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  "voices:read",
  "voices:write",
  "voices:train",
  "synthesis:read",
  "synthesis:run",
  "batches:run",
  "lexicon:read",
  "lexicon:write",
  "metrics:read",
  "audit:read",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READER: readonly Permission[] = ["voices:read", "synthesis:read", "lexicon:read"];
const USER: readonly Permission[] = [...READER, "synthesis:run", "batches:run", "lexicon:write"];
const TRAINER: readonly Permission[] = [...USER, "voices:write", "voices:train"];

/** The one table of who may do what. */
const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  "Voice.Reader": READER,
  "Voice.User": USER,
  "Voice.Trainer": TRAINER,
  "Voice.Admin": PERMISSIONS,
  "Voice.Auditor": ["voices:read", "synthesis:read", "metrics:read", "audit:read"],
};

export function isRole(value: string): value is Role {
  return ROLES.some((role) => role === value);
}

export function isPermission(value: string): value is Permission {
  return PERMISSIONS.some((permission) => permission === value);
}

export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => PERMISSIONS_OF[role]));
}

/** The least privileged role that grants the permission: what a 403 asks for. */
export function leastRoleFor(permission: Permission): Role {
  return ROLES.find((role) => PERMISSIONS_OF[role].includes(permission)) ?? "Voice.Admin";
}
