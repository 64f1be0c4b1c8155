import type { Dependency } from "../../application/health/check-readiness.ts";

export interface HttpDependencyOptions {
  readonly name: string;
  /** Answered without credentials, if only by a refusal, and free of charge. */
  readonly url: string;
  /** Default: true. */
  readonly required?: boolean;
}

/** A service that is up when it answers at all: whether it lets anybody in is not asked. */
export function httpDependency({ name, url, required = true }: HttpDependencyOptions): Dependency {
  return {
    name,
    required,
    async check(signal) {
      const response = await fetch(url, { signal, redirect: "manual" });
      await response.body?.cancel();
      if (response.status >= 500) {
        throw new Error(`${name} answered ${response.status}.`);
      }
    },
  };
}
