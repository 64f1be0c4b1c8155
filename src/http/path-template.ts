/**
 * Matches a path against a template such as `/api/v1/voices/{voiceId}`; a trailing slash is accepted, an empty
 * parameter is not.
 *
 * @returns the decoded parameters, or undefined when the path does not fit.
 */
export function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = segmentsOf(template);
  const given = segmentsOf(pathname);
  if (wanted.length !== given.length) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = decoded(given[index] ?? "");
    if (value === undefined) {
      return undefined;
    }
    if (segment.startsWith("{")) {
      if (value === "" && !segment.startsWith("{*")) {
        return undefined;
      }
      parameters[segment.slice(1, -1)] = value;
    } else if (segment.toLowerCase() !== value.toLowerCase()) {
      return undefined;
    }
  }
  return parameters;
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/\/$/, "").split("/").slice(1);
}

/** No id, and no name of a file, has a separator, a control character or a blank at an end, or is longer than a store's key may be. */
const UNFIT = /[/\\?#\p{Cc}]|^\s|\s$/u;
const MAX_SEGMENT_CHARACTERS = 255;

function decoded(segment: string): string | undefined {
  try {
    const value = decodeURIComponent(segment);
    return value.length > MAX_SEGMENT_CHARACTERS || UNFIT.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
