import { describe, expect, it } from "vitest";
import { filteredLog, type HostLogEntry, type LogThresholds } from "../../../../local/host/host-log.ts";

function passes(thresholds: LogThresholds, entry: Pick<HostLogEntry, "category" | "level">): boolean {
  let wasWritten = false;
  const log = filteredLog(thresholds, () => {
    wasWritten = true;
  });
  log({ ...entry, message: "line" });
  return wasWritten;
}

describe("the log levels of host.json", () => {
  it.each([
    [{}, { category: "Function.f", level: "information" }, true],
    [{}, { category: "Function.f", level: "debug" }, false],
    [{ default: "warning" }, { category: "Function.f", level: "information" }, false],
    [
      { default: "warning", Function: "information" },
      { category: "Function.f.User", level: "information" },
      true,
    ],
    [
      { Function: "information", "Function.f": "error" },
      { category: "Function.f.User", level: "warning" },
      false,
    ],
    [{ Function: "error" }, { category: "Functions", level: "information" }, true],
    [{ Function: "none" }, { category: "Function.f", level: "critical" }, false],
  ] as const)("%j let %j through: %s", (thresholds, entry, expected) => {
    expect(passes(thresholds, entry)).toBe(expected);
  });
});
