import { describe, expect, it } from "vitest";
import { dataDirectoryOf, portOf, tokenCommand } from "../../../../local/stack/stack-place.ts";

describe("the place of a stack", () => {
  it("is port 7071 and the folder .local unless PORT and DATA_DIR say otherwise", () => {
    expect([portOf({}), dataDirectoryOf({})]).toEqual([7071, ".local"]);
    expect([portOf({ PORT: "0" }), dataDirectoryOf({ DATA_DIR: "/data" })]).toEqual([0, "/data"]);
  });

  it.each(["abc", "", "-1", "70.5", "65530", "1e3"])("refuses %j as PORT by its name", (port) => {
    expect(() => portOf({ PORT: port })).toThrow(`PORT is "${port}"`);
  });

  it("is named by the command that prints a token, where it is another one", () => {
    expect(tokenCommand(".local")).toBe("npm run --silent token");
    expect(tokenCommand("/tmp/ann's data")).toBe(`DATA_DIR='/tmp/ann'\\''s data' npm run --silent token`);
  });
});
