import { isLeftOut, type RouteTemplate, type Segment } from "./route-template.ts";
import type { HttpRoute } from "./http-route.ts";

interface Shadow {
  readonly method: string;
  readonly by: HttpRoute;
}

/** The methods of a route that one of the earlier routes always takes. */
export function shadowedMethods(route: HttpRoute, earlier: readonly HttpRoute[]): readonly Shadow[] {
  return route.methods.flatMap((method) => {
    const by = earlier.find(
      (other) => other.methods.includes(method) && covers(other.template, route.template),
    );
    return by === undefined ? [] : [{ method, by }];
  });
}

/** Whether every path that fits `inner` fits `outer` too. */
function covers(outer: RouteTemplate, inner: RouteTemplate): boolean {
  return lengthsOf(inner).every((length) => coversLength(outer, inner.slice(0, length)));
}

function lengthsOf(template: RouteTemplate): readonly number[] {
  const firstLeftOut = template.findIndex(isLeftOut);
  const shortest = firstLeftOut < 0 ? template.length : firstLeftOut;
  return Array.from({ length: template.length - shortest + 1 }, (_, extra) => shortest + extra);
}

function coversLength(outer: RouteTemplate, inner: RouteTemplate): boolean {
  const endsInCatchAll = outer.at(-1)?.kind === "catch-all";
  const longest = inner.at(-1)?.kind === "catch-all" ? Number.POSITIVE_INFINITY : inner.length;
  if (longest > outer.length && !endsInCatchAll) {
    return false;
  }
  return outer.every((segment, index) => {
    const other = inner[index];
    return other === undefined ? isLeftOut(segment) : coversSegment(segment, other);
  });
}

function coversSegment(outer: Segment, inner: Segment): boolean {
  if (outer.kind === "literal") {
    return inner.kind === "literal" && inner.text === outer.text;
  }
  if (outer.kind === "catch-all" && outer.constraints.length > 0 && inner.kind !== "catch-all") {
    return false;
  }
  if (inner.kind === "literal") {
    return outer.constraints.every((constraint) => constraint.accepts(inner.text));
  }
  if (inner.kind === "catch-all" && outer.kind === "parameter") {
    return false;
  }
  return outer.constraints.every(({ text }) => inner.constraints.some((other) => other.text === text));
}
