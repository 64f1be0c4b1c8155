import { describe, expect, it } from "vitest";
import type { Foundation } from "../../../src/composition/foundation.ts";
import { speechAccess } from "../../../src/composition/speech-access.ts";
import { loadConfig, type SecretSetting } from "../../../src/config.ts";

const RESOURCE_ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a";

function access(settings: Readonly<Record<string, string>>) {
  const config = loadConfig({
    AZURE_TENANT_ID: "tenant",
    AZURE_AUDIENCE: "api://voices",
    AZURE_SPEECH_REGION: "westeurope",
    AZURE_SPEECH_RESOURCE_ID: RESOURCE_ID,
    AZURE_SPEECH_ENDPOINT: "https://my-speech.cognitiveservices.azure.com/",
    ...settings,
  });
  const foundation = {
    config,
    identity: { credential: { getToken: async () => ({ token: "entra-token", expiresOnTimestamp: 0 }) } },
    readSecret: async (setting: SecretSetting) =>
      setting.kind === "value" ? setting.value : `value of ${setting.secretName}`,
  } as unknown as Foundation;
  return speechAccess(foundation);
}

describe("access to Speech", () => {
  it("speaks at the hosts of the region, with the composite token of the resource", async () => {
    const { connection, regionalHeader, resourceHeader } = access({});

    expect(connection).toMatchObject({
      standardUrl: "https://westeurope.tts.speech.microsoft.com",
      deploymentUrl: "https://westeurope.voice.speech.microsoft.com",
    });
    expect(await regionalHeader.credential()).toEqual([
      "authorization",
      `Bearer aad#${RESOURCE_ID}#entra-token`,
    ]);
    expect(await resourceHeader.credential()).toEqual(["authorization", "Bearer entra-token"]);
  });

  it("speaks at the domain of the resource where Speech is private, with the key from the vault", async () => {
    const { connection, customVoiceEndpoint, regionalHeader } = access({
      AZURE_SPEECH_PRIVATE: "true",
      AZURE_SPEECH_KEY: "keyvault:speech-key",
      KEY_VAULT_URI: "https://my-vault.vault.azure.net",
    });

    expect(connection).toMatchObject({
      standardUrl: "https://my-speech.cognitiveservices.azure.com/tts",
      deploymentUrl: "https://my-speech.cognitiveservices.azure.com/voice",
    });
    expect(customVoiceEndpoint).toBe("https://my-speech.cognitiveservices.azure.com");
    expect(await regionalHeader.credential()).toEqual(["ocp-apim-subscription-key", "value of speech-key"]);
  });

  it.each([
    { lack: "a key", settings: {} },
    { lack: "a domain", settings: { AZURE_SPEECH_KEY: "key", AZURE_SPEECH_ENDPOINT: "" } },
  ])("is refused at the start where Speech is private and $lack is missing", ({ settings }) => {
    expect(() => access({ AZURE_SPEECH_PRIVATE: "true", ...settings })).toThrow(
      /AZURE_SPEECH_ENDPOINT and AZURE_SPEECH_KEY/,
    );
  });
});
