import type { ZodOpenApiSecuritySchemeObject } from "zod-openapi";

/** Either of them is enough. */
export const SECURITY_SCHEMES = ["entra", "bearer"] as const;

/** How readers of the documentation sign in. */
export interface SignInOptions {
  /** Base URL of Entra ID, without a trailing slash. */
  readonly authority: string;
  readonly tenantId: string;
  /** Full name of the delegated scope, for example `api://voice-cloning/access_as_user`. */
  readonly scope: string;
}

export function securitySchemes(
  signIn: SignInOptions,
): Record<(typeof SECURITY_SCHEMES)[number], ZodOpenApiSecuritySchemeObject> {
  const base = `${signIn.authority}/${signIn.tenantId}/oauth2/v2.0`;
  return {
    entra: {
      type: "oauth2",
      description: "Sign in with Microsoft Entra ID.",
      flows: {
        authorizationCode: {
          authorizationUrl: `${base}/authorize`,
          tokenUrl: `${base}/token`,
          scopes: { [signIn.scope]: "Use the API with all that your roles allow" },
        },
      },
    },
    bearer: {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description: "An access token of Microsoft Entra ID for this API.",
    },
  };
}
