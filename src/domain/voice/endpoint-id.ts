/**
 * Azure wants a UUID for an endpoint deployment; the same hash always gives the same one.
 *
 * @param sha256Hex 64 hexadecimal digits.
 * @see RFC 9562 section 5.8
 */
export function uuidFromHash(sha256Hex: string): string {
  const variant = "89ab"[Number.parseInt(sha256Hex.slice(16, 17), 16) % 4] ?? "8";
  return [
    sha256Hex.slice(0, 8),
    sha256Hex.slice(8, 12),
    `8${sha256Hex.slice(13, 16)}`,
    `${variant}${sha256Hex.slice(17, 20)}`,
    sha256Hex.slice(20, 32),
  ].join("-");
}
