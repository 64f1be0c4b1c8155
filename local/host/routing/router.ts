import type { AppFunction, HttpTrigger } from "../app/app-function.ts";
import { HostError } from "../host-error.ts";
import { matchRoute, pathSegments, type RouteParameters } from "./match-route.ts";
import type { HttpRoute } from "./http-route.ts";
import { parseRouteTemplate } from "./route-template.ts";
import { shadowedMethods } from "./shadowed-methods.ts";

export interface MatchedRoute {
  readonly route: HttpRoute;
  readonly parameters: RouteParameters;
}

/** As on Azure: routes are tried in the order of the functions' names, and the first that fits path and method wins. */
export class Router {
  readonly routes: readonly HttpRoute[];

  /**
   * @param functions in the order of their names.
   * @throws {@link HostError} `function-invalid`, `function-unsupported`
   */
  constructor(functions: readonly AppFunction<HttpTrigger>[], routePrefix: string) {
    this.routes = functions.map((fn) => toRoute(fn, routePrefix));
    refuseTwins(this.routes);
  }

  find(method: string, pathname: string): MatchedRoute | undefined {
    const path = pathSegments(pathname);
    for (const route of this.routes) {
      const parameters = route.methods.includes(method) ? matchRoute(route.template, path) : undefined;
      if (parameters !== undefined) {
        return { route, parameters };
      }
    }
    return undefined;
  }

  /** One sentence per route that an earlier function keeps from ever being called. */
  shadowWarnings(): readonly string[] {
    return this.routes.flatMap((route, index) =>
      shadowedMethods(route, this.routes.slice(0, index)).map(
        ({ method, by }) =>
          `${method} ${route.path} of function "${route.fn.name}" can never be called: ${by.path} of function ` +
          `"${by.fn.name}" takes its requests, because function names are tried in alphabetical order. Rename one of them.`,
      ),
    );
  }
}

function toRoute(fn: AppFunction<HttpTrigger>, routePrefix: string): HttpRoute {
  const route = fn.trigger.route.replace(/^\/+/, "");
  if (/^(admin|runtime)/i.test(route)) {
    throw new HostError(
      "function-invalid",
      `Function "${fn.name}": the route "${route}" begins with "admin" or "runtime", which Azure keeps for itself.`,
    );
  }
  const path = `/${[routePrefix.replaceAll(/^\/+|\/+$/g, ""), route].filter((part) => part !== "").join("/")}`;
  return { fn, path, methods: fn.trigger.methods, template: parseRouteTemplate(path) };
}

function refuseTwins(routes: readonly HttpRoute[]): void {
  const seen = new Map<string, string>();
  for (const { fn, path, methods } of routes) {
    for (const method of methods) {
      const key = `${method} ${path.toLowerCase()}`;
      const first = seen.get(key);
      if (first !== undefined) {
        throw new HostError(
          "function-invalid",
          `Functions "${first}" and "${fn.name}" both serve ${method} ${path}.`,
        );
      }
      seen.set(key, fn.name);
    }
  }
}
