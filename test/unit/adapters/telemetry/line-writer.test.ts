import { describe, expect, it } from "vitest";
import { LineWriter } from "../../../../src/adapters/telemetry/line-writer.ts";

function opened() {
  const written: string[] = [];
  const deferred: (() => void)[] = [];
  const writer = new LineWriter({
    write: (text) => written.push(text),
    defer: (task) => deferred.push(task),
  });
  return { writer, written, deferred };
}

describe("a line writer", () => {
  it("writes what one piece of work logs in one go, after it", () => {
    const { writer, written, deferred } = opened();

    writer.add("a");
    writer.add("b");
    const during = [...written];
    deferred.forEach((task) => task());

    expect(during).toEqual([]);
    expect(written).toEqual(["a\nb\n"]);
    expect(deferred).toHaveLength(1);
  });

  it("keeps no more than 500 lines waiting", () => {
    const { writer, written } = opened();

    Array.from({ length: 500 }, (_, index) => writer.add(String(index)));

    expect(written.join("").split("\n")).toHaveLength(501);
  });

  it("writes the last lines of a process when it is told of the end", () => {
    const { writer, written, deferred } = opened();
    writer.add("last");

    writer.flush();
    deferred.forEach((task) => task());

    expect(written).toEqual(["last\n"]);
  });
});
