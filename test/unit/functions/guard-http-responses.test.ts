import { describe, expect, it } from "vitest";
import type { PostInvocationContext } from "@azure/functions";
import { guardHttpResponses } from "../../../src/functions/streaming/guard-http-responses.ts";

const FAILURE = { status: 500, headers: { "content-type": "application/problem+json" }, body: "{}" };

const failures: unknown[] = [];

const guard = guardHttpResponses((error) => {
  failures.push(error);
  return FAILURE;
});

function ended(result: unknown, error: unknown, triggerType = "httpTrigger"): PostInvocationContext {
  const invocationContext = { invocationId: "id", options: { trigger: { type: triggerType } } };
  return { result, error, invocationContext } as unknown as PostInvocationContext;
}

describe("the guard of HTTP responses", () => {
  it("answers a handler that threw, and hands over what it threw", async () => {
    const error = new Error("failed");
    const hook = ended(null, error);

    await guard(hook);

    expect([hook.result, hook.error]).toEqual([FAILURE, undefined]);
    expect(failures.at(-1)).toBe(error);
  });

  it.each([undefined, null])("answers %s with 204", async (result) => {
    const hook = ended(result, null);

    await guard(hook);

    expect(hook.result).toEqual({ status: 204 });
  });

  it("answers a result that is no response as a failure", async () => {
    const hook = ended("text", null);

    await guard(hook);

    expect(hook.result).toEqual(FAILURE);
    expect(failures.at(-1)).toBeInstanceOf(TypeError);
  });

  it("leaves a whole response alone", async () => {
    const response = { status: 200, body: "whole" };
    const hook = ended(response, null);

    await guard(hook);

    expect(hook.result).toBe(response);
  });

  it("leaves other triggers alone", async () => {
    const error = new Error("failed");
    const hook = ended(null, error, "activityTrigger");

    await guard(hook);

    expect(hook.error).toBe(error);
  });
});
