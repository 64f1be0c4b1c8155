import { describe, expect, it } from "vitest";
import { callPostgres } from "../../../../src/adapters/postgres/postgres-call.ts";
import { storeRenewal } from "../../../../src/adapters/rotation/store-renewal.ts";

const renewal = storeRenewal("postgresql://db.example");

function failingWith(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error("no"), { code }));
}

describe("a failure of PostgreSQL", () => {
  it.each([
    ["28P01", "a wrong password", "store-unauthorized"],
    ["28000", "a role that may not sign in", "store-unauthorized"],
    ["57P03", "a server that starts", "store-unavailable"],
    ["53300", "too many connections", "store-unavailable"],
    ["40001", "a transaction that was rolled back", "store-unavailable"],
    ["ECONNREFUSED", "a server that is gone", "store-unavailable"],
  ])("%s is decoded: %s", async (state, _meaning, code) => {
    const attempt = callPostgres({ deadlineMs: 1_000, renewal }, () => failingWith(state));

    await expect(attempt).rejects.toMatchObject({ code, retryable: true });
  });

  it("stays as it is when it is a bug", async () => {
    const attempt = callPostgres({ deadlineMs: 1_000, renewal }, () => failingWith("42601"));

    await expect(attempt).rejects.toMatchObject({ name: "Error", code: "42601" });
  });
});
