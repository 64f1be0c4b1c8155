import type { TokenCredential } from "@azure/identity";
import type { SecretClient, SecretClientOptions } from "@azure/keyvault-secrets";
import type { Clock } from "../../application/ports/clock.ts";
import type { Logger } from "../../application/ports/logger.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

export interface KeyVaultOptions {
  /** For example `https://my-vault.vault.azure.net`. */
  readonly vaultUrl: string;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For vaults that are no Azure vaults. */
  readonly clientOptions?: SecretClientOptions;
}

/** A rotated secret is in use after this time at the latest. */
const REFRESH_MS = 5 * 60_000;

/** While Key Vault does not answer it is asked this often, and the old value goes on. */
const RETRY_MS = 15_000;

/** The least time between two readings of a secret because its value was refused. */
const RENEW_PAUSE_MS = 10_000;

const RETRY_AFTER_SECONDS = 15;
const DEADLINE_MS = 5_000;

interface CachedSecret {
  readonly value: string;
  readonly freshUntilMs: number;
}

/** Secrets of a Key Vault, cached, read again while the app runs. */
export class KeyVaultSecrets {
  readonly #options: KeyVaultOptions;
  readonly #cache = new Map<string, CachedSecret>();
  readonly #reading = new Map<string, Promise<string>>();
  readonly #renewableFromMs = new Map<string, number>();
  #client: Promise<SecretClient> | undefined;

  constructor(options: KeyVaultOptions) {
    this.#options = options;
  }

  /**
   * The newest value that is known; while Key Vault is down, the last one.
   *
   * @throws {@link ServiceError} `secret-unavailable` (retryable) when the secret has never been read.
   */
  async get(name: string): Promise<string> {
    const cached = this.#cache.get(name);
    if (cached !== undefined && this.#nowMs() < cached.freshUntilMs) {
      return cached.value;
    }
    try {
      return await this.#read(name);
    } catch (error) {
      if (cached === undefined) {
        throw secretError(name, error);
      }
      this.#options.logger.log("warning", "A secret could not be refreshed; the last value stays in use", {
        secretName: name,
        error: String(error),
      });
      this.#cache.set(name, { value: cached.value, freshUntilMs: this.#nowMs() + RETRY_MS });
      return cached.value;
    }
  }

  /**
   * Reads a secret anew whose value is refused where it is used; a value that is simply wrong does so seldom.
   *
   * @returns whether there is another value now.
   */
  async renew(name: string, refused: string): Promise<boolean> {
    const cached = this.#cache.get(name);
    if (cached?.value === refused && this.#nowMs() >= (this.#renewableFromMs.get(name) ?? 0)) {
      this.#renewableFromMs.set(name, this.#nowMs() + RENEW_PAUSE_MS);
      this.#cache.set(name, { value: refused, freshUntilMs: 0 });
    }
    return (await this.get(name)) !== refused;
  }

  /** Callers at the same time share one request. */
  #read(name: string): Promise<string> {
    const reading = this.#reading.get(name) ?? this.#fetch(name).finally(() => this.#reading.delete(name));
    this.#reading.set(name, reading);
    return reading;
  }

  async #fetch(name: string): Promise<string> {
    this.#client ??= this.#connect();
    const client = await this.#client;
    const { value } = await client.getSecret(name, { abortSignal: AbortSignal.timeout(DEADLINE_MS) });
    if (value === undefined || value === "") {
      throw new Error("the secret has no value");
    }
    this.#cache.set(name, { value, freshUntilMs: this.#nowMs() + REFRESH_MS });
    return value;
  }

  async #connect(): Promise<SecretClient> {
    const library = await import("@azure/keyvault-secrets");
    const { vaultUrl, credential, clientOptions } = this.#options;
    return new library.SecretClient(vaultUrl, credential, {
      retryOptions: { maxRetries: 1 },
      ...clientOptions,
    });
  }

  #nowMs(): number {
    return this.#options.clock.now().getTime();
  }
}

/** What went wrong, in words for the operator; Key Vault's own text may quote more than a client should see. */
function secretError(name: string, cause: unknown): ServiceError {
  const status = cause instanceof Error && "statusCode" in cause ? cause.statusCode : undefined;
  const reason =
    status === 404
      ? "the vault has no such secret"
      : status === 403
        ? "the vault does not let this service read it"
        : "the vault does not answer";
  return new ServiceError("secret-unavailable", `The secret ${name} cannot be read: ${reason}.`, {
    details: { secretName: name },
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}
