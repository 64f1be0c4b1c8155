import { type KeyVaultOptions, KeyVaultSecrets } from "../adapters/key-vault/key-vault-secrets.ts";
import type { RenewableCredential } from "../adapters/rotation/with-renewal.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { Config, SecretSetting } from "../config.ts";
import type { AzureIdentity } from "./azure-identity.ts";

/**
 * The value of a setting, or the newest value of the secret to which it refers.
 *
 * @throws {@link ServiceError} `secret-unavailable` (retryable).
 */
export type ReadSecret = (setting: SecretSetting) => Promise<string>;

/** Looks for a newer secret after a service has refused a value. @returns whether there is one. */
export type RenewSecret = (setting: SecretSetting, refused: string) => Promise<boolean>;

export interface SecretReader {
  readonly readSecret: ReadSecret;
  readonly renewSecret: RenewSecret;
}

export interface SecretReaderParts {
  readonly config: Pick<Config, "KEY_VAULT_URI">;
  readonly identity: AzureIdentity;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For vaults that are no Azure vaults. */
  readonly clientOptions?: NonNullable<KeyVaultOptions["clientOptions"]>;
}

/** A secret whose newer value is read as soon as the former is refused. */
export function renewableSecret(
  { readSecret, renewSecret }: SecretReader,
  setting: SecretSetting,
): Required<RenewableCredential<string>> {
  return { credential: () => readSecret(setting), renew: (refused) => renewSecret(setting, refused) };
}

export function secretReader({ config, identity, ...parts }: SecretReaderParts): SecretReader {
  const vaultUrl = config.KEY_VAULT_URI;
  const vault =
    vaultUrl === undefined
      ? undefined
      : new KeyVaultSecrets({ vaultUrl, credential: identity.credential, ...parts });
  return {
    async readSecret(setting) {
      if (setting.kind === "value") {
        return setting.value;
      }
      if (vault === undefined) {
        throw new Error("A setting refers to Key Vault, but KEY_VAULT_URI is not set.");
      }
      return vault.get(setting.secretName);
    },
    renewSecret: async (setting, refused) =>
      setting.kind === "reference" && (await vault?.renew(setting.secretName, refused)) === true,
  };
}
