import type { SQLInputValue } from "node:sqlite";

import type { Json } from "../json.ts";
import type { ContainerSettings } from "../resources/container-settings.ts";

/** Which partitions a feed may see. */
export interface PartitionScope {
  readonly where: readonly string[];
  readonly values: readonly SQLInputValue[];
  /** Whether it is exactly one partition. */
  readonly isSingle: boolean;
}

/** @param components of the header: undefined means all partitions, fewer than the key has means all below. */
export function partitionScope(
  components: readonly Json[] | undefined,
  { partitionKey }: ContainerSettings,
): PartitionScope {
  if (components === undefined) {
    return { where: [], values: [], isSingle: false };
  }
  const text = JSON.stringify(components);
  if (components.length === partitionKey.paths.length) {
    return { where: ["partition = ?"], values: [text], isSingle: true };
  }
  const prefix = text.slice(0, -1);
  return {
    where: ["partition >= ?", "partition < ?"],
    values: [`${prefix},`, `${prefix}-`],
    isSingle: false,
  };
}
