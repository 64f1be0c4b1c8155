/**
 * What the client wants the resource's ETag to be, without quotes and weakness mark; undefined when any will do.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 */
export function ifMatchOf(request: Request): string | undefined {
  const header = request.headers.get("if-match")?.trim();
  if (header === undefined || header === "" || header === "*") {
    return undefined;
  }
  return header.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
}

/** An ETag as a header writes it. */
export function quotedEtag(etag: string): string {
  return `"${etag}"`;
}
