import { describe, expect, it } from "vitest";
import { secretReader } from "../../../src/composition/secret-reader.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

const { readSecret, renewSecret } = secretReader({
  config: { KEY_VAULT_URI: undefined },
  identity: { credential: { getToken: () => Promise.resolve(null) } },
  clock: new ManualClock(),
  logger: recordingLogger(),
});

describe("a setting that may be a secret", () => {
  it("is itself when it is no reference", async () => {
    await expect(readSecret({ kind: "value", value: "plain-key" })).resolves.toBe("plain-key");
  });

  it("names the missing vault when it is a reference without one", async () => {
    const reference = { kind: "reference", secretName: "speech-key" } as const;

    await expect(readSecret(reference)).rejects.toThrow("KEY_VAULT_URI");
  });

  it("has nothing newer when it is no reference", async () => {
    await expect(renewSecret({ kind: "value", value: "plain-key" }, "plain-key")).resolves.toBe(false);
  });
});
