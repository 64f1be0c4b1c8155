import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import type { Config } from "../config.ts";

/** The app's own identity in Azure. */
export interface AzureIdentity {
  /** Loads the identity library at first use and caches tokens. */
  readonly credential: TokenCredential;
}

/** Managed identity in Azure, the developer's own sign-in on other machines. */
export function azureIdentity({ AZURE_CLIENT_ID }: Config): AzureIdentity {
  let inner: Promise<TokenCredential> | undefined;
  const load = async (): Promise<TokenCredential> => {
    const { DefaultAzureCredential } = await import("@azure/identity");
    return AZURE_CLIENT_ID === undefined
      ? new DefaultAzureCredential()
      : new DefaultAzureCredential({ managedIdentityClientId: AZURE_CLIENT_ID });
  };
  return {
    credential: {
      async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
        inner ??= load();
        return (await inner).getToken(scopes, options);
      },
    },
  };
}
