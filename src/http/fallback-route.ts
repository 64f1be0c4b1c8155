import { ServiceError } from "../domain/errors/service-error.ts";
import { preflightResponse } from "./cors.ts";
import { matchPath } from "./path-template.ts";
import type { Method, Route } from "./route.ts";

/**
 * Takes every path and method that no route takes: preflights, 405 and 404. The name sorts after all others, because
 * the Functions host tries routes in the order of their names.
 */
export function fallbackRoute(routes: readonly Route[], allowedOrigins: readonly string[]): Route {
  return {
    spec: {
      operationId: "zzAnswerUnmatched",
      method: "ANY",
      path: "/{*path}",
      tag: "Service",
      summary: "Answers whatever no other route takes",
      permission: "public",
      responses: {},
    },
    async handle({ request, url }) {
      const methods = methodsAt(routes, url.pathname);
      if (methods.length === 0) {
        throw new ServiceError("route-not-found", "No route has this path.");
      }
      if (request.method === "OPTIONS") {
        return preflightResponse(request, methods, allowedOrigins);
      }
      throw new ServiceError("method-not-allowed", `This path accepts ${methods.join(", ")}.`, {
        headers: { allow: [...methods, "OPTIONS"].join(", ") },
      });
    },
  };
}

function methodsAt(routes: readonly Route[], pathname: string): readonly (Method | "HEAD")[] {
  const fitting = routes.filter(({ spec }) => matchPath(spec.path, pathname) !== undefined);
  return [
    ...new Set(
      fitting.flatMap(({ spec }) => (spec.takesHead === true ? [spec.method, "HEAD" as const] : spec.method)),
    ),
  ];
}
