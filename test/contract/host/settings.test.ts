import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHostJson } from "../../../local/host/settings/host-json.ts";
import { readLocalSettings } from "../../../local/host/settings/local-settings.ts";
import { type HostApp, startHostApp } from "../../support/host-app.ts";
import { copySampleApp, type ScratchApp } from "../../support/scratch-app.ts";

let scratch: ScratchApp;

beforeEach(async () => {
  scratch = await copySampleApp("startup");
});

afterEach(() => scratch.remove());

async function write(file: string, value: unknown): Promise<void> {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  await writeFile(path.join(scratch.appDirectory, file), text);
}

async function start(settings: Record<string, string> = {}): Promise<HostApp> {
  return startHostApp("startup", { appDirectory: scratch.appDirectory, entry: "one-function.ts", settings });
}

async function helloOf(app: HostApp, route = "api/hello"): Promise<string> {
  const text = await (await fetch(`${app.url}/${route}`)).text();
  await app.close();
  return text;
}

describe("local.settings.json", () => {
  it("gives the app its values", async () => {
    await write("local.settings.json", { IsEncrypted: false, Values: { FROM_FILE: "from the file" } });

    expect(await helloOf(await start())).toBe("hello from the file");
  });

  it("gives way to settings of the caller", async () => {
    await write("local.settings.json", { IsEncrypted: false, Values: { FROM_FILE: "from the file" } });

    expect(await helloOf(await start({ FROM_FILE: "from the caller" }))).toBe("hello from the caller");
  });

  it("warns that it lets no origin in by itself", async () => {
    await write("local.settings.json", { IsEncrypted: false, Host: { CORS: "*" } });

    const app = await start();

    await app.close();
    expect(app.logs).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining("Host.CORS") }),
    );
  });

  it.each([
    ["encrypted values, which a missing IsEncrypted means", { Values: {} }, "IsEncrypted"],
    ["values that are no text", { IsEncrypted: false, Values: { N: 5 } }, "Values"],
    ["text that is no JSON", "{", "is not JSON"],
  ])("is refused with %s", async (_case, content, message) => {
    await write("local.settings.json", content);

    await expect(readLocalSettings(scratch.appDirectory)).rejects.toMatchObject({
      code: "settings-invalid",
      message: expect.stringContaining(message),
    });
  });
});

describe("host.json", () => {
  it("sets the prefix of all routes", async () => {
    await write("host.json", { version: "2.0", extensions: { http: { routePrefix: "%PREFIX%" } } });

    expect(await helloOf(await start({ PREFIX: "v2" }), "v2/hello")).toBe("hello ");
  });

  it("says which lines are logged", async () => {
    await write("host.json", { version: "2.0", logging: { logLevel: { default: "Warning" } } });

    const app = await start();
    await helloOf(app);

    expect(app.logs).toEqual([]);
  });

  it.each([
    [{}, "version"],
    [{ version: "2.0", functionTimeout: "soon" }, "functionTimeout"],
    [{ version: "2.0", logging: { logLevel: { default: "Loud" } } }, "logLevel"],
    ["{", "is not JSON"],
    [[], "JSON object"],
  ])("is refused when it is %j", async (content, message) => {
    await write("host.json", content);

    await expect(readHostJson(scratch.appDirectory, {})).rejects.toMatchObject({
      code: "app-invalid",
      message: expect.stringContaining(message),
    });
  });
});
