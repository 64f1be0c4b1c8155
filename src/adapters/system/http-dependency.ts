import type { Dependency } from "../../application/health/check-readiness.ts";

/** A service that is up when it answers at all: whether it lets anybody in is not asked. */
export function httpDependency(name: string, url: string): Dependency {
  return {
    name,
    async check(signal) {
      const response = await fetch(url, { signal, redirect: "manual" });
      await response.body?.cancel();
      if (response.status >= 500) {
        throw new Error(`${name} answered ${response.status}.`);
      }
    },
  };
}
