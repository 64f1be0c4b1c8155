export const logLevels = ["trace", "debug", "information", "warning", "error", "critical"] as const;

export type LogLevel = (typeof logLevels)[number];

export interface HostLogEntry {
  readonly level: LogLevel;
  /** As on Azure: `Function.speak` for the host's lines about a function, `Function.speak.User` for `context.log`. */
  readonly category: string;
  readonly message: string;
  readonly functionName?: string | undefined;
  readonly invocationId?: string | undefined;
}

export type WriteLog = (entry: HostLogEntry) => void;

/** Lowest level that is written, by category prefix; the longest prefix wins. `none` writes nothing. */
export type LogThresholds = Readonly<Record<string, LogLevel | "none">>;

/** Drops what `logging.logLevel` of host.json leaves out. Without a `default` the threshold is `information`. */
export function filteredLog(thresholds: LogThresholds, write: WriteLog): WriteLog {
  const byPrefixLength = Object.entries(thresholds).toSorted(([left], [right]) => right.length - left.length);
  return (entry) => {
    const match = byPrefixLength.find(([prefix]) => isPrefixOf(prefix, entry.category));
    const threshold = match?.[1] ?? thresholds["default"] ?? "information";
    if (threshold !== "none" && logLevels.indexOf(entry.level) >= logLevels.indexOf(threshold)) {
      write(entry);
    }
  };
}

function isPrefixOf(prefix: string, category: string): boolean {
  return category === prefix || category.startsWith(`${prefix}.`);
}
