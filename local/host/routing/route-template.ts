import { HostError } from "../host-error.ts";
import { type Constraint, parseConstraint } from "./route-constraints.ts";

export interface LiteralSegment {
  readonly kind: "literal";
  /** Lower case. */
  readonly text: string;
}

export interface ParameterSegment {
  readonly kind: "parameter" | "catch-all";
  readonly name: string;
  readonly isOptional: boolean;
  readonly defaultValue: string | undefined;
  readonly constraints: readonly Constraint[];
}

export type Segment = LiteralSegment | ParameterSegment;

export type RouteTemplate = readonly Segment[];

/**
 * Reads an ASP.NET route template, without the mix of text and parameter inside one segment.
 *
 * @throws {@link HostError} `function-invalid`, `function-unsupported`
 */
export function parseRouteTemplate(template: string): RouteTemplate {
  const segments = splitSegments(template).map((text) => parseSegment(text, template));
  segments.forEach((segment, index) => {
    const mustBeLast = segment.kind === "catch-all";
    if (mustBeLast && index < segments.length - 1) {
      throw new HostError("function-invalid", `Route "${template}": a catch-all must be the last segment.`);
    }
  });
  const optional = segments.findIndex(isLeftOut);
  if (optional >= 0 && !segments.slice(optional).every(isLeftOut)) {
    throw new HostError("function-invalid", `Route "${template}": only the last segments may be optional.`);
  }
  return segments;
}

/** Whether a path may end before this segment. */
export function isLeftOut(segment: Segment): boolean {
  return (
    segment.kind !== "literal" &&
    (segment.kind === "catch-all" || segment.isOptional || segment.defaultValue !== undefined)
  );
}

/** Splits at slashes outside of braces: a regex constraint may hold one. */
function splitSegments(template: string): readonly string[] {
  const segments: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of template) {
    depth += character === "{" ? 1 : 0;
    depth -= character === "}" ? 1 : 0;
    if (character === "/" && depth === 0) {
      segments.push(current);
      current = "";
    } else {
      current += character;
    }
  }
  return [...segments, current].filter((segment) => segment !== "");
}

function parseSegment(text: string, template: string): Segment {
  if (!/[{}]/.test(text)) {
    return { kind: "literal", text: text.toLowerCase() };
  }
  const [, stars = "", name, rest = ""] = /^\{(\*{0,2})(\w+)(.*)\}$/s.exec(text) ?? [];
  if (name === undefined || /^[^:=?]/.test(rest)) {
    throw new HostError(
      "function-unsupported",
      `Route "${template}": the local host wants a segment to be text or one {parameter}, and "${text}" is neither.`,
    );
  }
  const { constraints, isOptional, defaultValue } = parseParameterRest(rest, template);
  return { kind: stars === "" ? "parameter" : "catch-all", name, isOptional, defaultValue, constraints };
}

function parseParameterRest(rest: string, template: string): Omit<ParameterSegment, "kind" | "name"> {
  const isOptional = rest.endsWith("?");
  const body = isOptional ? rest.slice(0, -1) : rest;
  const [constraintText, defaultValue] = splitDefault(body);
  const constraints = splitConstraints(constraintText).map((text) => parseConstraint(text, template));
  return { constraints, isOptional, defaultValue };
}

/** The default follows the first `=` outside of parentheses. */
function splitDefault(body: string): readonly [string, string | undefined] {
  const match = /^((?:[^=(]|\((?:[^()]|\([^()]*\))*\))*)=(.*)$/s.exec(body);
  return match === null ? [body, undefined] : [match[1] ?? "", match[2]];
}

/** `:int:min(1)` holds two constraints. */
function splitConstraints(text: string): readonly string[] {
  return [...text.matchAll(/:((?:[^:(]|\((?:[^()]|\([^()]*\))*\))*)/gs)].map(
    ([, constraint = ""]) => constraint,
  );
}
