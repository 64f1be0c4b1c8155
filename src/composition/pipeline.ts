import { EntraAuthenticator } from "../adapters/entra/entra-authenticator.ts";
import { MetricsTokenAuthenticator } from "../adapters/system/metrics-token-authenticator.ts";
import { BoundedCounters } from "../adapters/system/bounded-counters.ts";
import { auditDefinition, type AuditEntry } from "../application/audit/audit-entry.ts";
import { InsuredCounters } from "../application/limits/insured-counters.ts";
import { unlimited } from "../application/limits/unlimited.ts";
import { WindowLimiter } from "../application/limits/window-limiter.ts";
import type { Authenticator } from "../application/ports/authenticator.ts";
import type { RequestLimiter } from "../application/ports/request-limiter.ts";
import { accessLog } from "../http/observers/access-log.ts";
import { auditTrail } from "../http/observers/audit-trail.ts";
import { requestMetrics } from "../http/observers/request-metrics.ts";
import { type Answer, makePipeline } from "../http/pipeline.ts";
import type { Foundation } from "./foundation.ts";
import { renewableSecret } from "./secret-reader.ts";

/** What every request passes. */
export function composePipeline(foundation: Foundation): Answer {
  const { config, clock, ids, logger, metrics, activeCalls, tracer, database } = foundation;
  return makePipeline({
    authenticator: authenticatorOf(foundation),
    limiter: limiterOf(foundation),
    observers: [
      accessLog(logger, {
        requests: config.LOG_REQUESTS,
        responses: config.LOG_RESPONSES,
        headers: config.LOG_HEADERS,
      }),
      requestMetrics(metrics),
      auditTrail(database.collection<AuditEntry>(auditDefinition), ids),
    ],
    activeCalls,
    tracer,
    logger,
    clock,
    ids,
    allowedHosts: config.ALLOWED_HOSTS,
    trustedProxyCount: config.TRUSTED_PROXY_COUNT,
    allowedOrigins: config.ALLOWED_ORIGINS,
    includeStack: config.ERROR_INCLUDE_TRACEBACK && config.ENVIRONMENT !== "production",
    capture: { requestBodies: config.LOG_REQUEST_BODY, responseBodies: config.LOG_RESPONSE_BODY },
  });
}

export function authenticatorOf(foundation: Foundation): Authenticator {
  const { config, clock } = foundation;
  const entra = new EntraAuthenticator({
    tenantId: config.AZURE_TENANT_ID,
    audiences: config.AZURE_AUDIENCE,
    authority: config.ENTRA_AUTHORITY,
    clock,
  });
  const { METRICS_TOKEN: token } = config;
  return token === undefined
    ? entra
    : new MetricsTokenAuthenticator(entra, renewableSecret(foundation, token));
}

function limiterOf({ config, clock, logger, metrics, counters, adaptive }: Foundation): RequestLimiter {
  if (!config.RATE_LIMITING_ENABLED) {
    return unlimited;
  }
  const insurance = new BoundedCounters(clock);
  return new WindowLimiter({
    counters: new InsuredCounters({ store: counters, insurance, clock, logger }),
    adaptive,
    clock,
    metrics,
    limits: {
      default: config.RATE_LIMIT_DEFAULT,
      synthesis: config.RATE_LIMIT_SYNTHESIS,
      training: config.RATE_LIMIT_TRAINING,
    },
  });
}
