import { createHash } from "node:crypto";

import type { ContainerSettings } from "../resources/container-settings.ts";
import type { DatabaseFile } from "../resources/database-file.ts";
import { namesOfPath, sortKeyOf } from "./sort-key.ts";

/**
 * Tells SQLite how selective an index is, column by column: of 100,000 documents a partition has 1,000, of which 2 share
 * the value that the index sorts by. Without it SQLite reads a partition in the wanted order instead of looking a value up.
 */
const ORDER_STATISTICS = "100000 1000 1000 2 1 1";
const ID_STATISTICS = "100000 1000 1";
const PARTITION_STATISTICS = "100000 1000";

/** Makes the indexes that a container's settings ask for, and drops those that they ask for no longer. */
export function makeIndexes(file: DatabaseFile, table: string, settings: ContainerSettings): void {
  const wanted = new Map(
    [...orderIndexes(settings), ...uniqueIndexes(settings)].map((one) => [nameOf(table, one), one]),
  );
  const present = file
    .all(
      "select name from sqlite_schema where type = 'index' and tbl_name = ? and name like '%!_by!_%' escape '!'",
      table,
    )
    .map(({ name }) => String(name));
  for (const name of present.filter((one) => !wanted.has(one))) {
    file.execute(`drop index ${name}`);
  }
  for (const [name, columns] of wanted) {
    file.execute(`create index if not exists ${name} on ${table} (${columns.join(", ")})`);
  }
  describeIndexes(file, table, [...wanted.keys()]);
}

export function uniqueKeyColumn(index: number): string {
  return `json_extract(unique_keys, '$[${index}]')`;
}

/** One for each composite index; the partition is its head, and a partition's key needs no sorting inside of it. */
function orderIndexes({ indexingPolicy, partitionKey }: ContainerSettings): readonly (readonly string[])[] {
  const composites = indexingPolicy.compositeIndexes ?? [];
  return composites.flatMap((composite) => {
    const varying = composite.filter(({ path }) => !partitionKey.paths.includes(path));
    const columns = varying.map(({ path, order }) => columnsOf(path, order === "descending"));
    const isKnown = columns.every((column) => column !== undefined);
    return isKnown ? [["partition", ...columns.flat(), "expires_at"]] : [];
  });
}

function uniqueIndexes({ uniqueKeyPolicy }: ContainerSettings): readonly (readonly string[])[] {
  return uniqueKeyPolicy.uniqueKeys.map((_, index) => ["partition", uniqueKeyColumn(index)]);
}

/** `id` has a column of its own. */
function columnsOf(path: string, isDescending: boolean): readonly string[] | undefined {
  const direction = isDescending ? " desc" : "";
  const names = namesOfPath(path);
  if (names.length === 1 && names[0] === "id") {
    return [`id${direction}`];
  }
  const key = sortKeyOf(names);
  return key && [`${key.rank}${direction}`, `${key.value}${direction}`];
}

function nameOf(table: string, columns: readonly string[]): string {
  const hash = createHash("sha256").update(columns.join()).digest("hex").slice(0, 12);
  return `${table}_by_${hash}`;
}

function describeIndexes(file: DatabaseFile, table: string, names: readonly string[]): void {
  // ANALYZE makes the table of statistics, if there is none yet.
  file.execute(`analyze ${table}`);
  file.run("delete from sqlite_stat1 where tbl = ?", table);
  for (const name of names) {
    file.run("insert into sqlite_stat1 values (?, ?, ?)", table, name, ORDER_STATISTICS);
  }
  file.run("insert into sqlite_stat1 values (?, ?, ?)", table, `${table}_id`, ID_STATISTICS);
  file.run("insert into sqlite_stat1 values (?, ?, ?)", table, `${table}_partition`, PARTITION_STATISTICS);
  file.execute("analyze sqlite_schema");
}
