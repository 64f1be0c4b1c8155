import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningKeyVault, startKeyVault } from "../../local/key-vault/start-key-vault.ts";
import { KeyVaultSecrets } from "../../src/adapters/key-vault/key-vault-secrets.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { trusting } from "../support/trusting.ts";

let vault: RunningKeyVault;

beforeEach(async () => {
  vault = await startKeyVault();
});

afterEach(async () => {
  await vault.close();
});

function world() {
  const clock = new ManualClock();
  const logger = recordingLogger();
  const secrets = new KeyVaultSecrets({
    vaultUrl: vault.url,
    credential: { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) },
    clock,
    logger,
    clientOptions: trusting(vault.certificate),
  });
  return { secrets, clock, logger };
}

describe("secrets of Key Vault", () => {
  it("are read over TLS and cached", async () => {
    const { secrets } = world();
    vault.set("speech-key", "first");

    const values = await Promise.all([secrets.get("speech-key"), secrets.get("speech-key")]);
    const again = await secrets.get("speech-key");

    expect([...values, again]).toEqual(["first", "first", "first"]);
    expect(vault.requests()).toBe(1);
  });

  it("are rotated without a restart", async () => {
    const { secrets, clock } = world();
    vault.set("speech-key", "first");
    await secrets.get("speech-key");
    vault.set("speech-key", "second");
    clock.advance(300);

    await expect(secrets.get("speech-key")).resolves.toBe("second");
  });

  it("are rotated at once when the old value is found to be refused", async () => {
    const { secrets } = world();
    vault.set("speech-key", "first");
    await secrets.get("speech-key");
    vault.set("speech-key", "second");

    const renewed = await Promise.all([
      secrets.renew("speech-key", "first"),
      secrets.renew("speech-key", "first"),
    ]);
    const late = await secrets.renew("speech-key", "first");

    expect([...renewed, late]).toEqual([true, true, true]);
    await expect(secrets.get("speech-key")).resolves.toBe("second");
    expect(vault.requests()).toBe(2);
  });

  it("that are wrong are read again every ten seconds at most", async () => {
    const { secrets, clock } = world();
    vault.set("speech-key", "wrong");
    await secrets.get("speech-key");

    const renewed = [await secrets.renew("speech-key", "wrong"), await secrets.renew("speech-key", "wrong")];
    const requests = vault.requests();
    clock.advance(10);
    await secrets.renew("speech-key", "wrong");

    expect(renewed).toEqual([false, false]);
    expect([requests, vault.requests()]).toEqual([2, 3]);
  });

  it("stay the refused ones while the vault does not answer", async () => {
    const { secrets } = world();
    vault.set("speech-key", "first");
    await secrets.get("speech-key");
    vault.fail(503);

    await expect(secrets.renew("speech-key", "first")).resolves.toBe(false);
  });

  it("stay in use while the vault does not answer, which is logged", async () => {
    const { secrets, clock, logger } = world();
    vault.set("speech-key", "first");
    await secrets.get("speech-key");
    vault.fail(503);
    clock.advance(300);

    await expect(secrets.get("speech-key")).resolves.toBe("first");
    expect(logger.lines).toMatchObject([{ level: "warning", attributes: { secretName: "speech-key" } }]);
  });

  it.each([
    [403, "does not let this service read it"],
    [503, "does not answer"],
    [undefined, "has no such secret"],
  ] as const)("that cannot be read say why (%s)", async (status, reason) => {
    vault.fail(status);

    await expect(world().secrets.get("speech-key")).rejects.toMatchObject({
      code: "secret-unavailable",
      retryable: true,
      message: expect.stringContaining(reason),
    });
  });
});
