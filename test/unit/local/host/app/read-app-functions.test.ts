import { describe, expect, it } from "vitest";
import { readAppFunctions } from "../../../../../local/host/app/read-app-functions.ts";

type Binding = Readonly<Record<string, unknown>>;

function registration(name: string, ...bindings: readonly Binding[]) {
  const named = bindings.map((binding, index) => [index === 0 ? "trigger" : `binding${index}`, binding]);
  return { metadata: { name, bindings: Object.fromEntries(named) }, callback: () => undefined };
}

const http = { type: "httpTrigger", methods: ["get"], authLevel: "anonymous", direction: "in" };

describe("reading the functions of an app", () => {
  it("takes the name for a route that is left out, and methods in upper case", () => {
    const [fn] = readAppFunctions([registration("hello", http)], {});

    expect(fn?.trigger).toEqual({ kind: "http", bindingName: "trigger", methods: ["GET"], route: "hello" });
  });

  it("orders functions by name, whatever their case", () => {
    const names = ["b", "C", "a"].map((name) => registration(name, http));

    expect(readAppFunctions(names, {}).map(({ name }) => name)).toEqual(["a", "b", "C"]);
  });

  it.each(["AzureWebJobs.hello.Disabled", "AzureWebJobs_hello_Disabled"])(
    "leaves out what %s disables",
    (setting) => {
      expect(readAppFunctions([registration("hello", http)], { [setting]: "true" })).toEqual([]);
    },
  );

  it("resolves settings in bindings", () => {
    const timer = { type: "timerTrigger", schedule: "%EVERY%" };

    const [fn] = readAppFunctions([registration("tick", timer)], { EVERY: "00:01:00" });

    expect(fn?.trigger).toMatchObject({
      kind: "timer",
      schedule: "00:01:00",
      runOnStartup: false,
      useMonitor: true,
    });
  });

  it("notes which inputs want a Durable client", () => {
    const [fn] = readAppFunctions(
      [registration("start", http, { type: "durableClient" }, { type: "http" })],
      {},
    );

    expect(fn?.durableClients).toEqual(["binding1"]);
  });

  it.each([
    ["queueTrigger", [{ type: "queueTrigger" }]],
    ["entityTrigger", [{ type: "entityTrigger" }]],
    ["queue", [http, { type: "queue", direction: "out" }]],
    ["blob", [http, { type: "blob", direction: "in" }]],
  ])("refuses the binding %s by name", (type, bindings) => {
    expect(() => readAppFunctions([registration("f", ...bindings)], {})).toThrow(
      expect.objectContaining({ code: "function-unsupported", message: expect.stringContaining(type) }),
    );
  });

  it.each(["1st", "host", "a b", ""])("refuses the function name %j", (name) => {
    expect(() => readAppFunctions([registration(name, http)], {})).toThrow(
      expect.objectContaining({ code: "function-invalid" }),
    );
  });

  it("refuses a function without a trigger", () => {
    expect(() => readAppFunctions([registration("f", { type: "http" })], {})).toThrow("no trigger");
  });

  it("says what is wrong with a trigger", () => {
    expect(() => readAppFunctions([registration("f", { type: "timerTrigger" })], {})).toThrow("schedule");
  });
});
