import { KeyVaultSecrets } from "../adapters/key-vault/key-vault-secrets.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { Config } from "../config.ts";
import type { AzureIdentity } from "./azure-identity.ts";

/** What a setting starts with when its value is in Key Vault, for example `keyvault:speech-key`. */
const REFERENCE = "keyvault:";

/**
 * The value of a setting, or the newest value of the secret to which it refers.
 *
 * @throws {@link ServiceError} `secret-unavailable` (retryable).
 */
export type ReadSecret = (setting: string) => Promise<string>;

export interface SecretReaderParts {
  readonly config: Pick<Config, "KEY_VAULT_URI">;
  readonly identity: AzureIdentity;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** @throws Error from the reader for a reference while no Key Vault is configured. */
export function secretReader({ config, identity, clock, logger }: SecretReaderParts): ReadSecret {
  const vaultUrl = config.KEY_VAULT_URI;
  const vault =
    vaultUrl === undefined
      ? undefined
      : new KeyVaultSecrets({ vaultUrl, credential: identity.credential, clock, logger });
  return async (setting) => {
    if (!setting.startsWith(REFERENCE)) {
      return setting;
    }
    if (vault === undefined) {
      throw new Error("A setting refers to Key Vault, but KEY_VAULT_URI is not set.");
    }
    return vault.get(setting.slice(REFERENCE.length));
  };
}
