import { describe, expect, it } from "vitest";
import type { AppFunction, HttpTrigger } from "../../../../../local/host/app/app-function.ts";
import { Router } from "../../../../../local/host/routing/router.ts";

function httpFunction(
  name: string,
  route: string,
  methods: readonly string[] = ["GET"],
): AppFunction<HttpTrigger> {
  return {
    name,
    trigger: { kind: "http", bindingName: "request", methods, route },
    durableClients: [],
    retry: undefined,
    metadata: { name, bindings: {} },
    callback: () => undefined,
  };
}

describe("the router", () => {
  it("lets the first function win, not the more specific route", () => {
    const router = new Router([httpFunction("all", "{*path}"), httpFunction("hello", "hello")], "");

    expect(router.find("GET", "/hello")?.route.fn.name).toBe("all");
  });

  it("goes on to the next function when the method differs", () => {
    const router = new Router([httpFunction("all", "{*path}", ["POST"]), httpFunction("hello", "hello")], "");

    expect(router.find("GET", "/hello")?.route.fn.name).toBe("hello");
  });

  it("finds nothing for a method that no function has", () => {
    const router = new Router([httpFunction("hello", "hello")], "api");

    expect(router.find("PUT", "/api/hello")).toBeUndefined();
  });

  it("puts the route prefix before every route", () => {
    const router = new Router([httpFunction("hello", "/hello")], "api");

    expect(router.routes.map(({ path }) => path)).toEqual(["/api/hello"]);
  });

  it.each(["admin/x", "administrators", "runtime/y"])("refuses the reserved route %s", (route) => {
    expect(() => new Router([httpFunction("f", route)], "api")).toThrow(
      expect.objectContaining({ code: "function-invalid" }),
    );
  });

  it("refuses two functions for one route and method", () => {
    const twins = [httpFunction("a", "x", ["GET", "POST"]), httpFunction("b", "X", ["POST"])];

    expect(() => new Router(twins, "api")).toThrow('Functions "a" and "b" both serve POST /api/X.');
  });

  it.each([
    ["{*path}", "hello"],
    ["{*path}", "{a}/{b?}"],
    ["{a}/{b?}", "{x}"],
    ["{a:int}", "7"],
    ["{a:int}", "{b:int:min(3)}"],
    ["x/{y?}", "x"],
  ])("warns that %s never lets %s be called", (first, second) => {
    const router = new Router([httpFunction("a", first), httpFunction("b", second)], "");

    expect(router.shadowWarnings()).toEqual([expect.stringContaining('of function "b" can never be called')]);
  });

  it.each([
    ["hello", "{*path}"],
    ["{a:int}", "{b}"],
    ["{a}", "{b?}"],
    ["{a}/{b}", "{*path}"],
    ["{a:int}", "x7"],
  ])("does not warn that %s comes before %s", (first, second) => {
    const router = new Router([httpFunction("a", first), httpFunction("b", second)], "");

    expect(router.shadowWarnings()).toEqual([]);
  });
});
