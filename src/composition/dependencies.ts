import { openAiUrl } from "../adapters/openai/openai-client.ts";
import { httpDependency } from "../adapters/system/http-dependency.ts";
import { translatorUrl } from "../adapters/translator/translator-url.ts";
import type { Dependency } from "../application/health/check-readiness.ts";
import type { Config } from "../config.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";

/** What the service cannot do without, and behind it what only features of their own need. */
export function dependenciesOf(
  { config, database, blobs }: Foundation,
  access: SpeechAccess,
): readonly Dependency[] {
  return [
    { name: "database", required: true, check: (signal) => database.check(signal) },
    {
      name: "blobs",
      required: true,
      check: () => blobs.properties({ container: "samples", name: "readiness-probe" }),
    },
    httpDependency({
      name: "speech",
      url: `${access.connection.standardUrl}/cognitiveservices/voices/list`,
    }),
    httpDependency({
      name: "identity",
      url: `${authorityOf(config)}/${config.AZURE_TENANT_ID}/discovery/v2.0/keys`,
    }),
    ...optionalDependencies(config),
  ];
}

/** Without a trailing slash. */
export function authorityOf({ ENTRA_AUTHORITY }: Config): string {
  return ENTRA_AUTHORITY.replace(/\/$/, "");
}

function optionalDependencies(config: Config): readonly Dependency[] {
  const { AZURE_TRANSLATOR_ENDPOINT: translator, AZURE_OPENAI_ENDPOINT: openAi } = config;
  const dependencies: Dependency[] = [];
  if (translator !== undefined) {
    const url = `${translatorUrl(translator)}/languages?api-version=2026-06-06&scope=translation`;
    dependencies.push(httpDependency({ name: "translator", url, required: false }));
  }
  if (openAi !== undefined) {
    const url = `${openAiUrl(openAi)}models?api-version=preview`;
    dependencies.push(httpDependency({ name: "openai", url, required: false }));
  }
  return dependencies;
}
