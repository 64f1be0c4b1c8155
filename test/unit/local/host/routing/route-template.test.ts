import { describe, expect, it } from "vitest";
import { matchRoute, pathSegments } from "../../../../../local/host/routing/match-route.ts";
import { parseRouteTemplate } from "../../../../../local/host/routing/route-template.ts";

function match(template: string, path: string): Readonly<Record<string, string>> | undefined {
  return matchRoute(parseRouteTemplate(template), pathSegments(path));
}

describe("a route template", () => {
  it.each([
    ["/api/Voices", "/API/voices", {}],
    ["/voices/{id}", "/voices/a%20b", { id: "a b" }],
    ["/voices/{id}/", "/voices/1/", { id: "1" }],
    ["/voices/{id?}", "/voices", {}],
    ["/voices/{id=all}", "/voices", { id: "all" }],
    ["/{*rest}", "/", {}],
    ["/{*rest}", "/a/b%2Fc", { rest: "a/b%2Fc" }],
    ["/files/{**rest}", "/files/a/b", { rest: "a/b" }],
    ["/n/{n:int}", "/n/-7", { n: "-7" }],
    ["/n/{n:range(1,9)}", "/n/9", { n: "9" }],
    ["/n/{n:int:min(5)?}", "/n", {}],
    ["/y/{y:regex(^\\d{{4}}$)}", "/y/2026", { y: "2026" }],
    ["/g/{g:guid}", "/g/0f8fad5b-d9cb-469f-a165-70867728950e", { g: "0f8fad5b-d9cb-469f-a165-70867728950e" }],
    ["/bad/{text}", "/bad/%zz", { text: "%zz" }],
  ])("%s takes %s", (template, path, parameters) => {
    expect(match(template, path)).toEqual(parameters);
  });

  it.each([
    ["/voices/{id}", "/voices"],
    ["/voices/{id}", "/voices/1/2"],
    ["/voices", "/voices//"],
    ["/n/{n:int}", "/n/4294967296"],
    ["/n/{n:int}", "/n/1.5"],
    ["/n/{n:range(1,9)}", "/n/10"],
    ["/n/{n:int:min(5)}", "/n/4"],
    ["/b/{b:bool}", "/b/yes"],
    ["/a/{a:alpha}", "/a/a1"],
    ["/l/{l:length(2,3)}", "/l/abcd"],
    ["/y/{y:regex(^\\d{{4}}$)}", "/y/20266"],
    ["/d/{d:datetime}", "/d/never"],
  ])("%s leaves %s to others", (template, path) => {
    expect(match(template, path)).toBeUndefined();
  });

  it.each([
    ["/{name}.{ext}", "function-unsupported"],
    ["/{*rest}/more", "function-invalid"],
    ["/{id?}/more", "function-invalid"],
    ["/{id:colour}", "function-invalid"],
    ["/{id", "function-unsupported"],
  ])("refuses %s by name", (template, code) => {
    expect(() => parseRouteTemplate(template)).toThrow(expect.objectContaining({ code }));
  });
});
