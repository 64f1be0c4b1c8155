import { describe, expect, it } from "vitest";
import { httpTriggerMetadata } from "../../../../../local/host/http/trigger-metadata.ts";

function metadataOf(body: string | undefined, query = "", parameters = {}) {
  return httpTriggerMetadata({
    query: new URLSearchParams(query),
    parameters,
    headers: { "x-a": "1" },
    body: body === undefined ? undefined : Buffer.from(body),
  });
}

describe("the trigger metadata of an HTTP call", () => {
  it("prefers the route to the query and the query to the body", () => {
    const metadata = metadataOf('{"a":"body","b":"body","c":"body"}', "a=query&b=query", { a: "route" });

    expect(metadata).toMatchObject({ a: { string: "route" }, b: { string: "query" }, c: { string: "body" } });
  });

  it("writes scalars of the body as .NET does, and leaves out null and lists", () => {
    const metadata = metadataOf('{"yes":true,"no":false,"n":1.5,"o":{"x":1},"nothing":null,"list":[1]}');

    expect(metadata).toEqual({
      yes: { string: "True" },
      no: { string: "False" },
      n: { string: "1.5" },
      o: { json: '{"x":1}' },
      Query: { json: "{}" },
      Headers: { json: '{"x-a":"1"}' },
    });
  });

  it("keeps the function key out of the parameters but not out of the query", () => {
    const metadata = metadataOf(undefined, "code=key&q=1&q=2");

    expect(metadata).toMatchObject({ q: { string: "2" }, Query: { json: '{"code":"key","q":"2"}' } });
    expect(metadata).not.toHaveProperty("code");
  });

  it.each(["", "no JSON", "[1]", '"text"', "null"])("takes nothing from the body %j", (body) => {
    expect(Object.keys(metadataOf(body))).toEqual(["Query", "Headers"]);
  });
});
