/**
 * Headers of the documentation pages: everything comes from this origin, and only signing in talks to another one.
 * Signing in opens a window of Entra ID that comes back to this origin, so the opener must stay reachable.
 */
export function pageHeaders(authorityOrigin: string): Readonly<Record<string, string>> {
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "media-src 'self' blob:",
      `connect-src 'self' ${authorityOrigin}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "cross-origin-opener-policy": "same-origin-allow-popups",
  };
}

/** The page on which Entra ID ends a sign-in: it hands the code to the window that opened it. */
export const REDIRECT_PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "unsafe-none",
};
