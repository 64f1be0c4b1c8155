import type { AppFunction, HttpTrigger } from "../app/app-function.ts";
import type { RouteTemplate } from "./route-template.ts";

export interface HttpRoute {
  readonly fn: AppFunction<HttpTrigger>;
  /** With the route prefix, as a client writes it. */
  readonly path: string;
  /** Upper case. */
  readonly methods: readonly string[];
  readonly template: RouteTemplate;
}
