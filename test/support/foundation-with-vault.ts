import type { RunningKeyVault } from "../../local/key-vault/start-key-vault.ts";
import { type Foundation, layFoundation } from "../../src/composition/foundation.ts";
import { secretReader } from "../../src/composition/secret-reader.ts";
import { loadConfig } from "../../src/config.ts";
import type { Clock } from "../../src/application/ports/clock.ts";
import { recordingLogger } from "./recording-logger.ts";
import { trusting } from "./trusting.ts";

/** Enough for the app to be composed; nothing listens there. */
const SETTINGS = {
  AZURE_TENANT_ID: "3f2b8c1e-7a54-4d0b-9c61-5e0d7a9b4f10",
  AZURE_AUDIENCE: "api://voice-cloning",
  COSMOS_DB_ENDPOINT: "http://127.0.0.1:9",
  AZURE_STORAGE_ACCOUNT_URL: "http://127.0.0.1:9",
};

/** The app with its secrets in a vault. */
export function foundationWithVault(
  vault: RunningKeyVault,
  settings: Readonly<Record<string, string>>,
  clock: Clock,
): Foundation {
  const config = loadConfig({ ...SETTINGS, ...settings, KEY_VAULT_URI: vault.url });
  const identity = {
    credential: { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) },
  };
  const clientOptions = trusting(vault.certificate);
  const secrets = secretReader({ config, identity, clock, logger: recordingLogger(), clientOptions });
  return { ...layFoundation(loadConfig(SETTINGS)), config, ...secrets };
}
