import { namesOfPath } from "../documents/sort-key.ts";
import type { ContainerSettings } from "../resources/container-settings.ts";
import { QueryError } from "../sql/query-error.ts";
import type { OrderItem, Query } from "../sql/syntax.ts";
import { pathOf } from "../sql/walk.ts";

interface OrderedPath {
  readonly names: string;
  readonly isDescending: boolean;
}

/**
 * Azure orders by indexed paths only, and by several of them only with a composite index of the same paths, in the
 * same sequence, with all directions as in the index or all turned round.
 *
 * @throws QueryError
 */
export function checkOrder(query: Query, { indexingPolicy }: ContainerSettings): void {
  const paths = query.orderBy.map((item) => orderedPath(query, item));
  const [first] = paths;
  if (first === undefined) {
    return;
  }
  if (paths.length > 1) {
    const composites = indexingPolicy.compositeIndexes ?? [];
    const isServed = composites.some((composite) => serves(composite, paths));
    if (!isServed) {
      throw new QueryError(
        "SC3401",
        "The order by query does not have a corresponding composite index that it can be served from.",
      );
    }
  } else if (indexingPolicy.indexingMode === "none" || isExcluded(first, indexingPolicy)) {
    throw new QueryError(
      "SC3402",
      "Order-by item requires a range index to be defined on the corresponding index path.",
    );
  }
}

function orderedPath(query: Query, { expression, isDescending }: OrderItem): OrderedPath {
  const path = pathOf(expression);
  if (path === undefined || path.names.length === 0) {
    throw new QueryError(
      "SC2107",
      "Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.",
    );
  }
  if (path.alias !== query.from?.alias || query.from.iterates) {
    throw new QueryError("SC2108", "Order-by over correlated collections is not supported.");
  }
  return { names: JSON.stringify(path.names), isDescending };
}

function serves(
  composite: readonly { readonly path: string; readonly order: string }[],
  paths: readonly OrderedPath[],
): boolean {
  const turned = composite.map(({ order }, index) => (order === "descending") !== paths[index]?.isDescending);
  return (
    composite.length === paths.length &&
    composite.every(({ path }, index) => JSON.stringify(namesOfPath(path)) === paths[index]?.names) &&
    turned.every((isTurned) => isTurned === turned[0])
  );
}

/** The most precise of the paths that fit decides. */
function isExcluded({ names }: OrderedPath, policy: ContainerSettings["indexingPolicy"]): boolean {
  const precisionOf = (paths: readonly { readonly path: string }[]): number =>
    Math.max(-1, ...paths.map(({ path }) => precision(path, names)));
  return precisionOf(policy.excludedPaths) > precisionOf(policy.includedPaths);
}

/** How many names of an indexing path such as `/a/*` or `/a/?` lead to the property; -1 when it does not cover it. */
function precision(indexingPath: string, names: string): number {
  const steps = namesOfPath(indexingPath);
  const last = steps.at(-1);
  const prefix = JSON.stringify(steps.slice(0, -1)).slice(0, -1);
  if (last === "*") {
    const isRoot = steps.length === 1;
    return isRoot || names.startsWith(`${prefix},`) || names === `${prefix}]` ? steps.length - 1 : -1;
  }
  return last === "?" && names === `${prefix}]` ? steps.length : -1;
}
