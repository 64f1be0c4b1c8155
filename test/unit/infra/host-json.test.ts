import { describe, expect, it } from "vitest";
import { filteredLog, type HostLogEntry } from "../../../local/host/host-log.ts";
import { readHostJson } from "../../../local/host/settings/host-json.ts";

const { logging } = await readHostJson(".", {});

function isWritten(entry: Pick<HostLogEntry, "category" | "level">): boolean {
  const written: HostLogEntry[] = [];
  filteredLog(logging.logLevel, (line) => written.push(line))({ ...entry, message: "line" });
  return written.length === 1;
}

describe("host.json", () => {
  it("lets through what the app writes to its output, which the host takes for information", () => {
    expect(logging.logLevel["Host.Function.Console"]).toBe("information");
    expect(isWritten({ category: "Host.Function.Console", level: "information" })).toBe(true);
  });

  it("leaves out the host's own two lines per call, and keeps what it says of failures", () => {
    expect(isWritten({ category: "Function.speak", level: "information" })).toBe(false);
    expect(isWritten({ category: "Function.speak", level: "error" })).toBe(true);
  });

  it("leaves out the host's own requests, of which the app's spans would be a second set", () => {
    expect(isWritten({ category: "Host.Results", level: "information" })).toBe(false);
  });
});
