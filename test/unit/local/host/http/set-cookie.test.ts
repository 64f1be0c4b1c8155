import { describe, expect, it } from "vitest";
import { setCookieHeader } from "../../../../../local/host/http/set-cookie.ts";

describe("a cookie in the worker's protocol", () => {
  it.each([
    [{ name: "a", value: "1 2" }, "a=1%202; path=/"],
    [
      { name: "a", value: "", path: { value: "/x" }, domain: { value: "d.example" } },
      "a=; domain=d.example; path=/x",
    ],
    [
      { name: "a", value: "1", expires: { value: { seconds: 0 } } },
      "a=1; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/",
    ],
    [
      { name: "a", value: "1", maxAge: { value: 0 }, secure: { value: true } },
      "a=1; max-age=0; path=/; secure",
    ],
    [
      { name: "a", value: "1", httpOnly: { value: true }, sameSite: "strict" },
      "a=1; path=/; samesite=strict; httponly",
    ],
    [{ name: "a", value: "1", sameSite: "explicitNone" }, "a=1; path=/; samesite=none"],
    [{ name: "a", value: "1", sameSite: "none" }, "a=1; path=/"],
  ] as const)("%j is written %j", (cookie, header) => {
    expect(setCookieHeader(cookie)).toBe(header);
  });
});
