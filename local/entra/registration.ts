import { createHash } from "node:crypto";
import { PERMISSIONS } from "../../src/domain/access/permissions.ts";

/** The tenant that the stand-in plays; fixed, so that a token outlives every restart. */
export const LOCAL_TENANT_ID = "3f2b8c1e-7a54-4d0b-9c61-5e0d7a9b4f10";

/** Application ID URI of the API's app registration: the audience of v1 tokens. */
export const LOCAL_APP_ID_URI = "api://voice-cloning";

/** Client id of the API's app registration: the audience of v2 tokens. */
export const LOCAL_API_CLIENT_ID = "8d6a0c52-1f3e-4b97-a2c8-60b1e47f9d35";

/** A public client (single-page application) that signs people in with PKCE: Swagger UI. */
export const LOCAL_SPA_CLIENT_ID = "c1d94e7b-2a60-4f85-b3d7-08e5a6f1c924";

/** A confidential client that acts for itself. */
export const LOCAL_DAEMON_CLIENT_ID = "5b7e31fa-90c4-4a2d-8e16-d3f08b6c7a41";

/** Guards nothing: it opens the stand-in on this machine only. */
export const LOCAL_DAEMON_CLIENT_SECRET = "local-daemon-secret";

/** Delegated scopes that the API's app registration exposes. `access_as_user` means all that the role gives. */
export const LOCAL_SCOPES = ["access_as_user", ...PERMISSIONS] as const;

export type TokenVersion = "1.0" | "2.0";

/** Issuers are Azure's own, whatever port the stand-in has. */
export function issuerOf(version: TokenVersion, tenantId: string = LOCAL_TENANT_ID): string {
  return version === "2.0"
    ? `https://login.microsoftonline.com/${tenantId}/v2.0`
    : `https://sts.windows.net/${tenantId}/`;
}

/** The object id of a person or service principal: the same name always has the same one. */
export function objectIdOf(name: string): string {
  const hex = createHash("sha256").update(`entra:${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
