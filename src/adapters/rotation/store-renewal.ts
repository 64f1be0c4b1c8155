import { ServiceError } from "../../domain/errors/service-error.ts";
import { type RenewableCredential, withRenewal } from "./with-renewal.ts";

/** Opens a store: as it is, or read anew before every use because it may be rotated. */
export type StoreSecret = string | RenewableCredential<string>;

/** Runs work that opens its client anew and throws `store-unauthorized` when the store refuses the secret. */
export interface StoreRenewal {
  /** Once more when there is a newer secret. A store refuses before it does anything. */
  repeating<T>(work: () => Promise<T>): Promise<T>;
  /** Only once, because it cannot be repeated; the newer secret is for the next. */
  once<T>(work: () => Promise<T>): Promise<T>;
}

/** @param secret undefined for tokens, which their own client renews. */
export function storeRenewal(secret: StoreSecret | undefined): StoreRenewal {
  if (secret === undefined || typeof secret === "string") {
    return { repeating: (work) => work(), once: (work) => work() };
  }
  return {
    repeating: (work) => withRenewal(secret, isRefused, () => work()),
    async once(work) {
      const used = await secret.credential();
      try {
        return await work();
      } catch (error) {
        if (isRefused(error)) {
          await secret.renew?.(used);
        }
        throw error;
      }
    },
  };
}

export async function readStoreSecret(secret: StoreSecret): Promise<string> {
  return typeof secret === "string" ? secret : secret.credential();
}

function isRefused(error: unknown): boolean {
  return error instanceof ServiceError && error.code === "store-unauthorized";
}
