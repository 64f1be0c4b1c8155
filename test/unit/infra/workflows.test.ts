import { globSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { describe, expect, it } from "vitest";
import { z } from "zod";

// The parser imports JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  await import("@actions/workflow-parser");

const DIRECTORY = ".github/workflows";
const texts = new Map(
  globSync("*.yml", { cwd: DIRECTORY }).map((name) => [name, readFileSync(`${DIRECTORY}/${name}`, "utf8")]),
);

/** What GitHub's own parser says of a workflow. */
async function faultsOf(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const template = value === undefined ? undefined : await convertWorkflowTemplate(context, value);
  const messages = [
    ...context.errors.getErrors().map(({ message }) => message),
    ...(template?.errors ?? []).map(({ Message }) => Message),
  ];
  return [...new Set(messages)];
}

describe("the GitHub workflows", () => {
  it("are ones that GitHub reads without a fault", async () => {
    const faults = await Promise.all([...texts].map(([name, text]) => faultsOf(name, text)));

    expect([...texts.keys()].toSorted()).toEqual(["check.yml", "nightly.yml"]);
    expect(faults.flat()).toEqual([]);
  });

  it("run scripts that are there", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync("package.json", "utf8")));
    const used = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name ?? ""),
    );

    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("name test files and templates that are there", () => {
    const paths = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/\b(?:test|infra)\/[\w./-]+/g)].map(([path]) => path),
    );

    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => globSync(path).length === 0)).toEqual([]);
  });

  it.each([
    { flaw: "a misspelt key", from: "runs-on:", to: "run-on:", fault: "Unexpected value 'run-on'" },
    {
      flaw: "a value of the wrong type",
      from: "timeout-minutes: 20",
      to: "timeout-minutes: soon",
      fault: "soon",
    },
    {
      flaw: "a context that does not exist",
      from: "github.workflow",
      to: "githob.workflow",
      fault: "githob",
    },
    {
      flaw: "an expression that is not closed",
      from: "github.ref }}",
      to: "github.ref",
      fault: "not closed",
    },
    { flaw: "a permission that does not exist", from: "contents: read", to: "contents: reed", fault: "reed" },
  ])("would be refused for $flaw", async ({ from, to, fault }) => {
    const text = texts.get("check.yml") ?? "";

    expect(text).toContain(from);
    expect((await faultsOf("check.yml", text.replace(from, to))).join()).toContain(fault);
  });
});
