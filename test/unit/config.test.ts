import { describe, expect, it } from "vitest";
import { loadConfig, SECRET_SETTINGS, settings } from "../../src/config.ts";

const REQUIRED = { AZURE_TENANT_ID: "tenant", AZURE_AUDIENCE: "api://app" };
const VAULT = { KEY_VAULT_URI: "https://voices.vault.azure.net" };

/** Their names sound like secrets; why they are none. */
const NO_SECRETS: Readonly<Record<string, string>> = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: "names the resource; the Functions host reads it too, as it is",
  KEY_VAULT_URI: "names the vault itself",
};

describe("a secret setting", () => {
  it.each(SECRET_SETTINGS)("names a secret of Key Vault: %s", (name) => {
    const config = loadConfig({ ...REQUIRED, ...VAULT, [name]: "keyvault:some-secret-1" });

    expect(config).toMatchObject({ [name]: { kind: "reference", secretName: "some-secret-1" } });
  });

  it.each(SECRET_SETTINGS)("keeps the app from starting when no vault is set: %s", (name) => {
    expect(() => loadConfig({ ...REQUIRED, [name]: "keyvault:some-secret-1" })).toThrow(
      new RegExp(`KEY_VAULT_URI is not set[^]*${name}`),
    );
  });

  it.each(["keyvault:", "keyvault:with_underscore", "keyvault:a/b", `keyvault:${"a".repeat(128)}`])(
    "keeps the app from starting when it can be the name of no secret: %s",
    (reference) => {
      expect(() => loadConfig({ ...REQUIRED, ...VAULT, AZURE_SPEECH_KEY: reference })).toThrow(
        "must name a secret",
      );
    },
  );

  it("may hold the secret itself", () => {
    const config = loadConfig({ ...REQUIRED, METRICS_TOKEN: "scrape-me" });

    expect(config.METRICS_TOKEN).toEqual({ kind: "value", value: "scrape-me" });
    expect(config.AZURE_SPEECH_KEY).toBeUndefined();
  });

  it("is every setting whose name sounds like one, unless there is a reason", () => {
    const sounding = Object.keys(settings.shape).filter((name) =>
      /KEY|TOKEN|SECRET|PASSWORD|CONNECTION_STRING|DATABASE_URL/.test(name),
    );

    expect(SECRET_SETTINGS.toSorted()).toEqual(sounding.filter((name) => !(name in NO_SECRETS)).toSorted());
  });
});
