/** Letters, digits and `._-`, 8 to 128 characters: safe in headers, logs and file names. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;

/** The client's request id if it is a sane one, otherwise a new one. */
export function requestIdOf(header: string | null, newId: () => string): string {
  return header !== null && SANE_REQUEST_ID.test(header) ? header : newId();
}
