import { describe, expect, it } from "vitest";
import { startHostApp } from "../../support/host-app.ts";

describe("starting an app", () => {
  it("lists its functions as Core Tools prints them", async () => {
    const app = await startHostApp("startup", { entry: "{one-function.ts,common.cjs}" });

    expect(app.host.listing()).toBe(
      `Functions:\n\n\tcommon: [GET,POST] ${app.url}/api/common\n\n\thello: [GET,POST] ${app.url}/api/hello`,
    );
    await app.close();
  });

  it("loads modules and CommonJS files of one glob", async () => {
    const app = await startHostApp("startup", { entry: "{one-function.ts,common.cjs}" });

    const bodies = await Promise.all(
      ["common", "hello"].map(async (name) => (await fetch(`${app.url}/api/${name}`)).text()),
    );

    expect(bodies).toEqual(["CommonJS", "hello "]);
    await app.close();
  });

  it("hands its settings to the app", async () => {
    const app = await startHostApp("startup", { entry: "one-function.ts", settings: { FROM_FILE: "you" } });

    expect(await (await fetch(`${app.url}/api/hello`)).text()).toBe("hello you");
    await app.close();
  });

  it("warns of a route that another one shadows", async () => {
    const app = await startHostApp("startup", { entry: "shadowed.ts" });

    expect(app.logs).toContainEqual(
      expect.objectContaining({ level: "warning", message: expect.stringContaining("Rename one of them") }),
    );
    await app.close();
  });

  it.each([
    ["no-function.ts", "no-functions", "registers no function"],
    ["two-copies.cjs", "library-duplicated", "npm dedupe"],
    ["throws.ts", "app-not-loaded", "A setting is missing."],
    ["missing.ts", "app-not-loaded", "File does not exist"],
    ["queue.ts", "function-unsupported", "queueTrigger"],
    ["entity.ts", "function-unsupported", 'Function "counter" uses the trigger "entityTrigger"'],
  ])("refuses %s with %s", async (entry, code, message) => {
    const start = startHostApp("startup", { entry });

    await expect(start).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("says so when the port is taken", async () => {
    const first = await startHostApp("startup", { entry: "one-function.ts" });

    const second = startHostApp("startup", { entry: "one-function.ts", port: first.host.port });

    await expect(second).rejects.toMatchObject({
      code: "port-in-use",
      message: expect.stringContaining(`Port ${first.host.port} is unavailable`),
    });
    await first.close();
  });
});
