import type { RpcCookie } from "../core/protocol.ts";

/** Writes a cookie in the order and spelling of ASP.NET. */
export function setCookieHeader(cookie: RpcCookie): string {
  return [
    `${encodeURIComponent(cookie.name ?? "")}=${encodeURIComponent(cookie.value ?? "")}`,
    ...lifetime(cookie),
    ...(cookie.domain ? [`domain=${cookie.domain.value}`] : []),
    `path=${cookie.path?.value ?? "/"}`,
    ...(cookie.secure?.value === true ? ["secure"] : []),
    ...sameSite(cookie),
    ...(cookie.httpOnly?.value === true ? ["httponly"] : []),
  ].join("; ");
}

function lifetime({ expires, maxAge }: RpcCookie): readonly string[] {
  return [
    ...(expires ? [`expires=${new Date(expires.value.seconds * 1000).toUTCString()}`] : []),
    ...(maxAge ? [`max-age=${maxAge.value}`] : []),
  ];
}

function sameSite({ sameSite: value }: RpcCookie): readonly string[] {
  if (value === null || value === undefined || value === "none") {
    return [];
  }
  return [`samesite=${value === "explicitNone" ? "none" : value}`];
}
