import { HostError } from "../host-error.ts";

export interface Constraint {
  /** As written in the template: two constraints with the same text accept the same values. */
  readonly text: string;
  readonly accepts: (value: string) => boolean;
}

type MakeConstraint = (args: readonly number[]) => (value: string) => boolean;

const INT32_LIMIT = 2n ** 31n;
const INT64_LIMIT = 2n ** 63n;

const isNumber = /^[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const makers: Readonly<Record<string, MakeConstraint>> = {
  alpha: () => matches(/^[a-z]*$/i),
  bool: () => matches(/^(true|false)$/i),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  decimal: () => matches(/^[+-]?(\d[\d,]*\.?\d*|\.\d+)$/),
  double: () => matches(isNumber),
  float: () => matches(isNumber),
  guid: () =>
    matches(/^(\{[\da-f-]{36}\}|\([\da-f-]{36}\)|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32})$/i),
  int: () => (value) => isInteger(value, INT32_LIMIT),
  length:
    ([minimum = 0, maximum = minimum]) =>
    (value) =>
      value.length >= minimum && value.length <= maximum,
  long: () => (value) => isInteger(value, INT64_LIMIT),
  max:
    ([maximum = 0]) =>
    (value) =>
      isInteger(value, INT64_LIMIT) && Number(value) <= maximum,
  maxlength:
    ([maximum = 0]) =>
    (value) =>
      value.length <= maximum,
  min:
    ([minimum = 0]) =>
    (value) =>
      isInteger(value, INT64_LIMIT) && Number(value) >= minimum,
  minlength:
    ([minimum = 0]) =>
    (value) =>
      value.length >= minimum,
  range:
    ([minimum = 0, maximum = 0]) =>
    (value) =>
      isInteger(value, INT64_LIMIT) && Number(value) >= minimum && Number(value) <= maximum,
  required: () => (value) => value !== "",
};

/**
 * Reads one inline constraint of ASP.NET, such as `int`, `range(1,9)` or `regex(^a+$)`.
 *
 * @throws {@link HostError} `function-invalid`
 */
export function parseConstraint(text: string, template: string): Constraint {
  const [, name = "", argument] = /^(\w+)(?:\((.*)\))?$/s.exec(text) ?? [];
  if (name === "regex" && argument !== undefined) {
    return { text, accepts: matches(new RegExp(argument.replaceAll("{{", "{").replaceAll("}}", "}"), "i")) };
  }
  const make = makers[name];
  if (make === undefined) {
    throw new HostError("function-invalid", `Route "${template}": the constraint "${text}" is unknown.`);
  }
  const numbers = argument === undefined ? [] : argument.split(",").map(Number);
  return { text, accepts: make(numbers) };
}

function matches(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

function isInteger(value: string, limit: bigint): boolean {
  if (!/^[+-]?\d{1,20}$/.test(value)) {
    return false;
  }
  const number = BigInt(value.replace(/^\+/, ""));
  return number >= -limit && number < limit;
}
