import { describe, expect, it } from "vitest";
import { parseBlobPattern } from "../../../../../local/host/blobs/blob-pattern.ts";

describe("the path of a blob trigger", () => {
  it.each([
    [
      "drop/{owner}/{name}.{ext}",
      "acme/report.final.pdf",
      { owner: "acme", name: "report.final", ext: "pdf" },
    ],
    ["drop/{name}", "a/b/c.txt", { name: "a/b/c.txt" }],
    ["drop", "a/b.txt", { name: "a/b.txt" }],
    ["drop/{{x}}-{name}", "{x}-1", { name: "1" }],
    ["drop/in/{name}.txt", "in/a+b.txt", { name: "a+b" }],
  ])("%s takes %s", (path, blob, placeholders) => {
    expect(parseBlobPattern(path).match(blob)).toEqual(placeholders);
  });

  it.each([
    ["drop/{owner}/{name}", "alone.txt"],
    ["drop/{name}.txt", "a.csv"],
    ["drop/{name}.txt", "aXtxt"],
  ])("%s leaves %s alone", (path, blob) => {
    expect(parseBlobPattern(path).match(blob)).toBeUndefined();
  });

  it("lists with the text before the first placeholder", () => {
    expect(parseBlobPattern("drop/in/{name}")).toMatchObject({ container: "drop", prefix: "in/" });
  });

  it.each(["", "/x", "{container}/x", "drop/{a}/{a}", "drop/{a", "drop/{1}"])("refuses %j", (path) => {
    expect(() => parseBlobPattern(path)).toThrow(expect.objectContaining({ code: "function-invalid" }));
  });
});
