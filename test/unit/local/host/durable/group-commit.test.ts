import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GroupCommit } from "../../../../../local/host/durable/store/group-commit.ts";

describe("the group commit", () => {
  let database: DatabaseSync;
  let commits: GroupCommit;
  let committed: number;

  beforeEach(() => {
    committed = 0;
    database = new DatabaseSync(":memory:");
    database.exec("CREATE TABLE notes (text TEXT UNIQUE) STRICT");
    commits = new GroupCommit(database, {
      beforeCommit: () => {},
      afterCommit: () => {
        committed += 1;
      },
    });
  });

  afterEach(() => {
    database.close();
  });

  async function write(text: string): Promise<string> {
    return commits.submit(() => {
      database.prepare("INSERT INTO notes VALUES (?)").run(text);
      return text;
    });
  }

  function notes(): unknown[] {
    return database
      .prepare("SELECT text FROM notes ORDER BY text")
      .all()
      .map((row) => row["text"]);
  }

  it("shares one transaction among all that is submitted in one tick", async () => {
    const results = await Promise.all([write("a"), write("b"), write("c")]);

    expect(results).toEqual(["a", "b", "c"]);
    expect(committed).toBe(1);
    expect(notes()).toEqual(["a", "b", "c"]);
  });

  it("fails only the work that fails, not its neighbours", async () => {
    const [first, second, third] = await Promise.allSettled([write("a"), write("a"), write("b")]);

    expect([first.status, second.status, third.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(notes()).toEqual(["a", "b"]);
  });

  it("leaves nothing behind of work that fails half-way", async () => {
    const attempt = commits.submit(() => {
      database.prepare("INSERT INTO notes VALUES (?)").run("half");
      throw new Error("no further");
    });

    await expect(attempt).rejects.toThrow("no further");
    expect(notes()).toEqual([]);
  });

  it("loses what was not committed when it is closed", async () => {
    void write("lost");

    commits.close();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });

    expect(notes()).toEqual([]);
  });
});
