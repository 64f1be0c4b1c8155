import type { HostLogEntry } from "./host-log.ts";

/** Writes a line to standard output, as Core Tools does. */
export function printLog({ level, message }: HostLogEntry): void {
  const time = new Date().toISOString();
  const label = level === "information" ? "" : `${level.toUpperCase()} `;
  process.stdout.write(`[${time}] ${label}${message}\n`);
}
