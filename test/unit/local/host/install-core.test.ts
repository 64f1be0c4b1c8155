import Module from "node:module";
import { expect, it } from "vitest";
import { installCore, loadedLibraries } from "../../../../local/host/core/install-core.ts";

const require = Module.createRequire(import.meta.url);

it("is provided by require, before the library and for one app only", () => {
  const library = require.resolve("@azure/functions");
  require.cache[library] = new Module(library);

  expect(() => {
    installCore({});
  }).toThrow(
    expect.objectContaining({ code: "library-loaded-early", message: expect.stringContaining(library) }),
  );

  delete require.cache[library];
  const core = { version: "test" };
  installCore(core);

  expect(loadedLibraries()).toEqual([]);
  expect(new Module("any").require("@azure/functions-core")).toBe(core);
  expect(() => {
    installCore({});
  }).toThrow(expect.objectContaining({ code: "second-app" }));
});
