import { FileDocsAssets } from "../adapters/docs-assets/file-docs-assets.ts";
import { makeCheckReadiness } from "../application/health/check-readiness.ts";
import type { Config } from "../config.ts";
import { docsRoutes, errorsRoutes } from "../http/docs/docs-routes.ts";
import { DocsSite } from "../http/docs/docs-site.ts";
import { healthRoutes } from "../http/health/health-routes.ts";
import type { Route } from "../http/route.ts";
import { authorityOf, dependenciesOf } from "./dependencies.ts";
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
