import { type ParameterSegment, type RouteTemplate, isLeftOut } from "./route-template.ts";

export type RouteParameters = Readonly<Record<string, string>>;

/** @returns the route's parameters, or `undefined` when the path does not fit. */
export function matchRoute(template: RouteTemplate, path: readonly string[]): RouteParameters | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    if (segment.kind === "literal") {
      if (path[index]?.toLowerCase() !== segment.text) {
        return undefined;
      }
      continue;
    }
    const value = valueAt(segment, path, index);
    if (value === undefined ? !isLeftOut(segment) : !accepts(segment, value)) {
      return undefined;
    }
    if (value !== undefined) {
      parameters[segment.name] = value;
    }
  }
  return hasRest(template, path) ? undefined : parameters;
}

/**
 * Splits the path of a request. As in Kestrel an encoded slash stays encoded, and so does what is no valid encoding.
 * A slash at the end means nothing.
 */
export function pathSegments(pathname: string): readonly string[] {
  const segments = pathname.slice(1).split("/");
  return (segments.at(-1) === "" ? segments.slice(0, -1) : segments).map(decodeSegment);
}

function valueAt(segment: ParameterSegment, path: readonly string[], index: number): string | undefined {
  const value = segment.kind === "catch-all" ? path.slice(index).join("/") : path[index];
  return value === undefined || value === "" ? segment.defaultValue : value;
}

function accepts(segment: ParameterSegment, value: string): boolean {
  return segment.constraints.every((constraint) => constraint.accepts(value));
}

function hasRest(template: RouteTemplate, path: readonly string[]): boolean {
  return path.length > template.length && template.at(-1)?.kind !== "catch-all";
}

function decodeSegment(segment: string): string {
  return segment
    .split(/(%2f)/i)
    .map((part, index) => (index % 2 === 1 ? part : decodeText(part)))
    .join("");
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
