import { FileDocsAssets } from "../adapters/docs-assets/file-docs-assets.ts";
import { httpDependency } from "../adapters/system/http-dependency.ts";
import { type Dependency, makeCheckReadiness } from "../application/health/check-readiness.ts";
import type { Config } from "../config.ts";
import { docsRoutes, errorsRoutes } from "../http/docs/docs-routes.ts";
import { DocsSite } from "../http/docs/docs-site.ts";
import { healthRoutes } from "../http/health/health-routes.ts";
import type { Route } from "../http/route.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";

const DEPENDENCY_TIMEOUT_MS = 2_000;

/** Health, metrics, and documentation, of which the explanation of errors is always there. `api` are the routes that the documentation describes beside these. */
export function composeService(
  foundation: Foundation,
  access: SpeechAccess,
  api: readonly Route[],
): readonly Route[] {
  const { config, metrics, adaptive } = foundation;
  const service = healthRoutes({
    version: config.APP_VERSION,
    checkReadiness: makeCheckReadiness(dependenciesOf(foundation, access), {
      nowMs: () => performance.now(),
      timeoutMs: DEPENDENCY_TIMEOUT_MS,
    }),
    limitFactor: (limitClass) => adaptive.factor(limitClass),
    metricsText: () => metrics.text(),
  });
  return [...service, ...composeDocs(config, [...api, ...service])];
}

function dependenciesOf(
  { config, database, blobs }: Foundation,
  access: SpeechAccess,
): readonly Dependency[] {
  return [
    { name: "database", check: (signal) => database.check(signal) },
    { name: "blobs", check: () => blobs.properties({ container: "samples", name: "readiness-probe" }) },
    httpDependency("speech", `${access.connection.standardUrl}/cognitiveservices/voices/list`),
    httpDependency("identity", `${authorityOf(config)}/${config.AZURE_TENANT_ID}/discovery/v2.0/keys`),
  ];
}

function composeDocs(config: Config, described: readonly Route[]): readonly Route[] {
  const site = new DocsSite({
    routes: () => [...described, ...docsRoutes(site)],
    assets: new FileDocsAssets(),
    options: {
      version: config.APP_VERSION,
      clientId: config.DOCS_CLIENT_ID,
      signIn: {
        authority: authorityOf(config),
        tenantId: config.AZURE_TENANT_ID,
        scope: `${config.AZURE_AUDIENCE[0] ?? ""}/access_as_user`,
      },
    },
  });
  return config.DOCS_ENABLED ? docsRoutes(site) : errorsRoutes(site);
}

function authorityOf({ ENTRA_AUTHORITY }: Config): string {
  return ENTRA_AUTHORITY.replace(/\/$/, "");
}
