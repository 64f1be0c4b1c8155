import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const main = readFileSync("infra/main.bicep", "utf8");
const development = readFileSync("infra/main.bicepparam", "utf8");
const production = readFileSync("infra/production.bicepparam", "utf8");

/** What a parameter file gives a parameter. */
function valueOf(file: string, parameter: string): string | undefined {
  return new RegExp(`^param ${parameter} = (.+)$`, "m").exec(file)?.[1];
}

describe("the parameter files", () => {
  it("name no date, which Azure would refuse for a new budget once its month is over", () => {
    expect([development, production].join()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it("let the budget of an environment begin with the month of its first deployment, and keep that", () => {
    expect(main).toContain("param firstOfThisMonth string = utcNow('yyyy-MM-01')");
    expect(main).toContain("budgetStart: empty(budgetStart) ? firstOfThisMonth : budgetStart");
    expect(valueOf(development, "budgetStart")).toBe("readEnvironmentVariable('BUDGET_START', '')");
    expect(readFileSync("azure.yaml", "utf8")).toContain(
      'test -n "$BUDGET_START" || azd env set BUDGET_START "$(date -u +%Y-%m-01)"',
    );
  });

  it.each(["audience", "budgetStart"])("demand %s of production, where no default is right", (parameter) => {
    expect(valueOf(production, parameter)).toMatch(/^readEnvironmentVariable\('[A-Z_]+'\)$/);
  });
});

describe("the vault", () => {
  it("is protected from purging in production only, so that other environments can be made anew", () => {
    const stages = [development, production].map((file) => valueOf(file, "stage"));

    expect(stages).toEqual(["'development'", "'production'"]);
    expect(readFileSync("infra/resources.bicep", "utf8")).toContain("isProtected: stage == 'production'");
    expect(readFileSync("infra/data/key-vault.bicep", "utf8")).toContain(
      "enablePurgeProtection: isProtected ? true : null",
    );
  });
});
