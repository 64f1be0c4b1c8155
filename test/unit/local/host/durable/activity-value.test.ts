import { describe, expect, it } from "vitest";
import {
  activityFailure,
  activityInputText,
  activityResultText,
} from "../../../../../local/host/durable/protocol/activity-value.ts";

describe("the input of an activity", () => {
  it.each([
    [String.raw`["\"Tokyo\""]`, '"Tokyo"'],
    ["[5]", "5"],
    ["[true]", "True"],
    ["[false]", "False"],
    ["[null]", undefined],
    ['[{"a":[1]}]', '{"a":[1]}'],
    ["[]", undefined],
  ])("of the history %s arrives as %s", (input, text) => {
    expect(activityInputText(input)).toBe(text);
  });
});

describe("the result of an activity", () => {
  it.each([
    ["text", '"text"'],
    ['{"a":1}', String.raw`"{\"a\":1}"`],
    [{ a: 1 }, '{"a":1}'],
    [undefined, null],
    [null, null],
    [Number.NaN, "null"],
    [Buffer.from("abc"), '"YWJj"'],
    [new Uint8Array([97]), '"YQ=="'],
  ])("%o is recorded as %s", (value, text) => {
    expect(activityResultText(value)).toBe(text);
  });
});

describe("the failure of an activity", () => {
  it("names the activity and what it threw", () => {
    expect(activityFailure("train", new Error("no capacity"))).toEqual({
      Reason: "Activity function 'train' failed: no capacity",
      Details: expect.stringContaining("Error: no capacity") as string,
    });
  });

  it("may be anything that was thrown", () => {
    expect(activityFailure("train", "stop").Reason).toBe("Activity function 'train' failed: stop");
  });

  it.each(["{", "{}", '{"errorType":"E"}', "{not json}"])(
    "is no description because its message is %s",
    (message) => {
      expect(activityFailure("train", new Error(message))).not.toHaveProperty("FailureDetails");
    },
  );

  it("carries the properties that the SDK puts into the message", () => {
    const message = JSON.stringify({
      errorType: "DeclinedError",
      errorMessage: "no",
      isNonRetriable: false,
      properties: { code: 7 },
    });

    expect(activityFailure("train", new Error(message))).toMatchObject({
      Reason: "Activity function 'train' failed: no",
      FailureDetails: { ErrorType: "DeclinedError", ErrorMessage: "no", Properties: { code: 7 } },
    });
  });
});
