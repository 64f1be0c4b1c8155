/**
 * How a property sorts, as two expressions of SQLite over the column `body`: the rank of its type as in
 * `typeRank`, then its value. Indexes and queries must use the very same text.
 */
export interface SortKey {
  readonly rank: string;
  readonly value: string;
}

/** Names that need no quoting inside SQL and inside a JSON path. */
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @returns undefined for names that would need quoting. */
export function sortKeyOf(names: readonly string[]): SortKey | undefined {
  if (names.length === 0 || !names.every((name) => PLAIN_NAME.test(name))) {
    return undefined;
  }
  const path = `'$.${names.join(".")}'`;
  return {
    rank:
      `case json_type(body, ${path}) when 'null' then 1 when 'false' then 2 when 'true' then 3 ` +
      "when 'integer' then 4 when 'real' then 4 when 'text' then 5 when 'array' then 6 " +
      "when 'object' then 7 else 0 end",
    value: `json_extract(body, ${path})`,
  };
}

/** `/a/b` as names. */
export function namesOfPath(path: string): readonly string[] {
  return path
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll('"', ""));
}
