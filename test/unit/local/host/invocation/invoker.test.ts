import { describe, expect, it } from "vitest";
import { appFunction, invokerOf } from "../../../../support/invoker-of.ts";

const trigger = { kind: "activity", bindingName: "input" } as const;

describe("the invoker", () => {
  it("gives the function its inputs, and Durable clients after them", async () => {
    const { invoker } = invokerOf();
    const fn = appFunction(trigger, (...inputs) => inputs.join("+"), { durableClients: ["client1"] });

    const outcome = await invoker.invoke({ fn, reason: "test", inputs: { input: { string: "a" } } });

    expect(outcome).toMatchObject({ succeeded: true, response: { returnValue: { string: "a+client" } } });
  });

  it("lets hooks replace inputs, handler, result and error, in their order", async () => {
    const { invoker, hooks } = invokerOf();
    hooks.add("preInvocation", (context) => {
      context.inputs = ["changed"];
      context.hookData["mark"] = "kept";
    });
    hooks.add("postInvocation", (context) => {
      context.result = `${String(context.inputs[0])} ${String(context.hookData["mark"])} ${String(context.error)}`;
      context.error = undefined;
    });
    const fn = appFunction(trigger, () => {
      throw new Error("failed");
    });

    const outcome = await invoker.invoke({ fn, reason: "test", inputs: { input: { string: "a" } } });

    expect(outcome).toMatchObject({ succeeded: true, result: "changed kept Error: failed" });
  });

  it("fails when a hook before the function throws, and does not call the function", async () => {
    const { invoker, hooks } = invokerOf();
    let wasCalled = false;
    hooks.add("preInvocation", () => {
      throw new Error("not today");
    });
    const fn = appFunction(trigger, () => {
      wasCalled = true;
    });

    const outcome = await invoker.invoke({ fn, reason: "test", inputs: {} });

    expect(outcome).toMatchObject({ succeeded: false, error: { message: "not today" } });
    expect(wasCalled).toBe(false);
  });

  it("logs every call in the words of Azure, with the stack of a failure", async () => {
    const { invoker, logs } = invokerOf();
    const fn = appFunction(trigger, () => Promise.reject(new Error("broken")));

    await invoker.invoke({ fn, reason: "test", inputs: {}, invocationId: "id-1" });

    expect(logs.map(({ level, category }) => [level, category])).toEqual([
      ["information", "Function.fn"],
      ["error", "Function.fn"],
    ]);
    expect(logs[0]?.message).toBe("Executing 'Functions.fn' (Reason='test', Id=id-1)");
    expect(logs[1]?.message).toMatch(
      /^Executed 'Functions\.fn' \(Failed, Id=id-1, Duration=\d+ms\)\nError: broken\n/,
    );
  });

  it("lets log hooks change and silence the lines of a function", async () => {
    const { invoker, hooks, logs, contexts } = invokerOf();
    hooks.add("log", (line) => {
      line.message = line.message.toUpperCase();
      line.level = line.message === "QUIET" ? "none" : line.level;
    });
    const fn = appFunction(trigger, () => {
      contexts[0]?.log("warning", "user", "loud");
      contexts[0]?.log("warning", "user", "quiet");
    });

    await invoker.invoke({ fn, reason: "test", inputs: {} });

    expect(logs.filter(({ category }) => category.endsWith(".User")).map(({ message }) => message)).toEqual([
      "LOUD",
    ]);
  });

  it("warns of a call that runs longer than functionTimeout", async () => {
    const { invoker, logs } = invokerOf(1);
    const warned = Promise.withResolvers<void>();
    const fn = appFunction(trigger, async () => {
      while (logs.length < 2) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      warned.resolve();
    });

    await Promise.all([invoker.invoke({ fn, reason: "test", inputs: {} }), warned.promise]);

    expect(logs[1]).toMatchObject({ level: "warning", message: expect.stringContaining("functionTimeout") });
  });

  it("is idle only when the last call has ended", async () => {
    const { invoker } = invokerOf();
    const gate = Promise.withResolvers<void>();
    const fn = appFunction(trigger, () => gate.promise);
    let isIdle = false;

    const call = invoker.invoke({ fn, reason: "test", inputs: {} });
    const idle = invoker.running.idle().then(() => {
      isIdle = true;
      return undefined;
    });
    const wasIdle = isIdle;
    gate.resolve();
    await Promise.all([call, idle]);

    expect([wasIdle, isIdle]).toEqual([false, true]);
  });
});
