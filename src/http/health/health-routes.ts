import { z } from "zod";
import type { CheckReadiness, DependencyState } from "../../application/health/check-readiness.ts";
import { LIMIT_CLASSES, type LimitClass } from "../../application/ports/request-limiter.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";

export interface HealthParts {
  readonly version: string;
  readonly checkReadiness: CheckReadiness;
  /** Share of each configured limit that is in effect. */
  readonly limitFactor: (limitClass: LimitClass) => number;
  readonly metricsText: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

const healthSchema = z.object({ status: z.literal("ok"), version: z.string() }).meta({ id: "Health" });

const readinessSchema = z
  .object({
    status: z
      .enum(["ready", "degraded", "unavailable"])
      .describe("`degraded`: a dependency that is not required is down; `unavailable`: a required one is"),
    dependencies: z.array(
      z.object({
        name: z.string(),
        required: z.boolean().describe("False: only features of their own need it"),
        status: z.enum(["up", "down"]),
        latencyMs: z.number().min(0),
      }),
    ),
    limits: z.record(z.string(), z.number().min(0).max(1)).describe("Share of each limit that is in effect"),
  })
  .meta({ id: "Readiness" });

/** GET /health, /ready and /metrics. */
export function healthRoutes(parts: HealthParts): readonly Route[] {
  return [healthRoute(parts), readyRoute(parts), metricsRoute(parts)];
}

function healthRoute({ version }: HealthParts): Route {
  return route(
    {
      operationId: "getHealth",
      method: "GET",
      takesHead: true,
      path: "/health",
      tag: "Service",
      summary: "Tell that the process is alive",
      permission: "public",
      limitClass: "unlimited",
      responses: { 200: { description: "Alive", content: { "application/json": healthSchema } } },
    },
    async () => jsonResponse(200, { status: "ok", version }),
  );
}

function readyRoute({ checkReadiness, limitFactor }: HealthParts): Route {
  const content = { "application/json": readinessSchema };
  return route(
    {
      operationId: "getReadiness",
      method: "GET",
      takesHead: true,
      path: "/ready",
      tag: "Service",
      summary: "Tell the state of each dependency",
      permission: "public",
      limitClass: "unlimited",
      responses: {
        200: { description: "Every required dependency answers", content },
        503: { description: "At least one of them does not", content },
      },
    },
    async () => {
      const dependencies = await checkReadiness();
      const status = serviceStatus(dependencies);
      return jsonResponse(status === "unavailable" ? 503 : 200, {
        status,
        dependencies,
        limits: Object.fromEntries(LIMIT_CLASSES.map((name) => [name, limitFactor(name)])),
      });
    },
  );
}

function serviceStatus(dependencies: readonly DependencyState[]): z.infer<typeof readinessSchema>["status"] {
  const down = dependencies.filter(({ status }) => status === "down");
  if (down.some(({ required }) => required)) {
    return "unavailable";
  }
  return down.length > 0 ? "degraded" : "ready";
}

function metricsRoute({ metricsText }: HealthParts): Route {
  return route(
    {
      operationId: "getMetrics",
      method: "GET",
      path: "/metrics",
      tag: "Service",
      summary: "Tell the metrics of this instance in the text format of Prometheus",
      permission: "metrics:read",
      responses: { 200: { description: "The metrics", content: { "text/plain": z.string() } } },
    },
    async () => {
      const { contentType, body } = await metricsText();
      return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
    },
  );
}
