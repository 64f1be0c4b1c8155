import type { DocumentFilter } from "../../src/application/ports/documents.ts";

/** What a document store means by a filter, in plain words. */
export function matches(document: object, filter: DocumentFilter): boolean {
  const field = (name: string): unknown => Reflect.get(document, name);
  return (
    equals(field, filter.equals) &&
    lacks(document, filter.missing) &&
    Object.entries(filter.anyOf ?? {}).every(([name, values]) =>
      values.some((value) => field(name) === value),
    ) &&
    Object.entries(filter.range ?? {}).every(([name, range]) => isWithin(field(name), range)) &&
    Object.entries(filter.members ?? {}).every(([name, texts]) => holds(field(name), texts)) &&
    (filter.text === undefined || containsText(filter.text, field))
  );
}

function equals(field: (name: string) => unknown, values: DocumentFilter["equals"] = {}): boolean {
  return Object.entries(values).every(([name, value]) => field(name) === value);
}

function lacks(document: object, names: readonly string[] = []): boolean {
  return names.every((name) => !Object.hasOwn(document, name));
}

function holds(value: unknown, texts: Readonly<Record<string, string>>): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(texts).every(
      ([name, text]) => Object.hasOwn(value, name) && Reflect.get(value, name) === text,
    )
  );
}

type Range = NonNullable<DocumentFilter["range"]>[string];

function isWithin(value: unknown, { from, to }: Range): boolean {
  if (typeof value !== "string" && typeof value !== "number") {
    return false;
  }
  return (
    (from === undefined || (typeof from === typeof value && value >= from)) &&
    (to === undefined || (typeof to === typeof value && value < to))
  );
}

function containsText(
  { fields, contains }: NonNullable<DocumentFilter["text"]>,
  field: (name: string) => unknown,
): boolean {
  const wanted = contains.toLowerCase();
  return fields.some((name) => {
    const value = field(name);
    return typeof value === "string" && value.toLowerCase().includes(wanted);
  });
}
