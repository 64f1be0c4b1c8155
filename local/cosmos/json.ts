export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** A value in a query: JSON, or what a path yields that leads nowhere. */
export type Value = Json | undefined;

/** `Array.isArray` alone does not narrow a readonly array. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** @throws SyntaxError for text that is not JSON. */
export function parseJson(text: string): Json {
  const json: Json = JSON.parse(text);
  return json;
}

/** The member of an object or the element of an array. */
export function memberOf(value: Value, key: Value): Value {
  if (isArray(value)) {
    return typeof key === "number" ? value[key] : undefined;
  }
  return isObject(value) && typeof key === "string" && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a path such as `/address/city`. */
export function valueAt(value: Value, path: string): Value {
  return path
    .split("/")
    .slice(1)
    .reduce<Value>((inner, name) => memberOf(inner, unquoted(name)), value);
}

/** The text at a path; empty for what is no text. */
export function textAt(value: Value, path: string): string {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : "";
}

/** Names in paths may be quoted: `/"odd name"`. */
function unquoted(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1) : name;
}
