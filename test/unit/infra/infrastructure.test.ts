import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { readAppNeeds } from "../../../scripts/bicep/app-needs.ts";
import type { AppNeeds } from "../../../scripts/bicep/check-app.ts";
import { type BicepFile, loadBicepReader, type ReadBicep } from "../../../scripts/bicep/bicep-file.ts";
import { infrastructureFaults } from "../../../scripts/bicep/check-infrastructure.ts";
import { schemasSchema } from "../../../scripts/bicep/schema.ts";

const texts = new Map(
  globSync("**/*.bicep*", { cwd: "infra" }).map((path) => [path, readFileSync(`infra/${path}`, "utf8")]),
);
const schemas = schemasSchema.parse(
  JSON.parse(readFileSync("test/support/fixtures/azure-schemas.json", "utf8")),
);
let read: ReadBicep;
let files: readonly BicepFile[];
let needs: AppNeeds;

beforeAll(async () => {
  read = await loadBicepReader();
  files = [...texts].map(([name, text]) => read(name, text));
  needs = await readAppNeeds();
});

/** Faults as `path message`, with one file's text changed. */
function faultsWith(path?: string, from = "", to = ""): readonly string[] {
  const text = texts.get(path ?? "") ?? "";
  if (!text.includes(from)) {
    throw new Error(`${path} does not contain ${from}`);
  }
  const changed = files.map((file) => (file.path === path ? read(file.path, text.replace(from, to)) : file));
  return infrastructureFaults(changed, schemas, needs).map(({ file, message }) => `${file} ${message}`);
}

describe("the infrastructure", () => {
  it("fits the language, Azure's schemas and the code", () => {
    expect(texts.size).toBeGreaterThan(15);
    expect(faultsWith()).toEqual([]);
  });

  it("deletes by their age only rejected files: everything else stays as long as its document", () => {
    const [, prefixes] = /prefixMatch: \[(.*)\]/.exec(texts.get("data/storage.bicep") ?? "") ?? [];

    expect(prefixes).toBe("'rejected/'");
  });

  it("is checked against what the code really needs", () => {
    expect(needs.settings.length).toBeGreaterThan(40);
    expect(needs.collections.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["audit", "consents", "counters", "syntheses", "voices"]),
    );
    expect(needs.optionalSettings).not.toContain("AZURE_AUDIENCE");
  });
});

describe("the check of the infrastructure", () => {
  it.each([
    {
      flaw: "a brace that is not closed",
      change: ["app/identity.bicep", "  tags: tags\n}", "  tags: tags\n"],
      fault: "app/identity.bicep syntax: ",
    },
    {
      flaw: "a symbol that nothing declares",
      change: ["app/identity.bicep", "location: location", "location: region"],
      fault: "app/identity.bicep region is not declared",
    },
    {
      flaw: "a function that does not exist",
      change: ["data/cosmos.bicep", "guid(", "newGuidFor("],
      fault: "data/cosmos.bicep newGuidFor is not declared",
    },
    {
      flaw: "a parameter that nothing uses",
      change: ["app/identity.bicep", "param name string", "param name string\nparam size int"],
      fault: "app/identity.bicep size is not used",
    },
    {
      flaw: "a module that does not exist",
      change: ["resources.bicep", "'app/identity.bicep'", "'app/identities.bicep'"],
      fault: "resources.bicep module app/identities.bicep does not exist",
    },
    {
      flaw: "a module without a parameter that it needs",
      change: ["resources.bicep", "params: { name: 'id-${suffix}', ", "params: { "],
      fault: "resources.bicep app/identity.bicep needs the parameter name",
    },
    {
      flaw: "an output that the module does not have",
      change: ["resources.bicep", "vault.outputs.uri", "vault.outputs.url"],
      fault: "resources.bicep data/key-vault.bicep has no output url",
    },
    {
      flaw: "a parameter file that sets what does not exist",
      change: ["main.bicepparam", "param stage", "param phase"],
      fault: "main.bicepparam main.bicep has no parameter phase",
    },
    {
      flaw: "a parameter file that leaves out what is needed",
      change: ["production.bicepparam", "param location", "param stage2"],
      fault: "production.bicepparam main.bicep needs the parameter location",
    },
    {
      flaw: "an invented type",
      change: ["data/key-vault.bicep", "Microsoft.KeyVault/vaults@", "Microsoft.KeyVault/safes@"],
      fault: "data/key-vault.bicep resource type Microsoft.KeyVault/safes is unknown",
    },
    {
      flaw: "another version than the one checked",
      change: ["data/key-vault.bicep", "vaults@2024-11-01", "vaults@2019-09-01"],
      fault: "data/key-vault.bicep Microsoft.KeyVault/vaults is checked against 2024-11-01, not 2019-09-01",
    },
    {
      flaw: "a misspelt property",
      change: ["data/storage.bicep", "allowSharedKeyAccess", "allowShareKeyAccess"],
      fault: "data/storage.bicep allowShareKeyAccess is no property here",
    },
    {
      flaw: "a missing property",
      change: ["data/storage.bicep", "  kind: 'StorageV2'\n", ""],
      fault: "data/storage.bicep kind is missing",
    },
    {
      flaw: "a read-only property",
      change: ["app/function-app.bicep", "httpsOnly: true", "state: 'Running'"],
      fault: "app/function-app.bicep state is read-only",
    },
    {
      flaw: "a text that the service would not take",
      change: ["data/postgres.bicep", "'en_US.utf8'", "'C.UTF-8'"],
      fault: "data/postgres.bicep collation is not C.UTF-8: it must match",
    },
    {
      flaw: "a value of the wrong type",
      change: ["app/function-app.bicep", "httpsOnly: true", "httpsOnly: 'true'"],
      fault: "app/function-app.bicep httpsOnly is of type bool",
    },
    {
      flaw: "a property of another variant",
      change: ["app/drop-subscription.bicep", "endpointType: 'WebHook'", "endpointType: 'StorageQueue'"],
      fault: "app/drop-subscription.bicep endpointUrl is no property here",
    },
    {
      flaw: "a setting that is neither set nor optional",
      change: ["app/app-settings.bicep", "  AZURE_AUDIENCE: audience\n", ""],
      fault: "app/app-settings.bicep the setting AZURE_AUDIENCE is neither set nor optional",
    },
    {
      flaw: "a setting that the code does not read",
      change: ["app/app-settings.bicep", "  AZURE_AUDIENCE:", "  AZURE_AUDIENCES:"],
      fault: "app/app-settings.bicep the code does not read AZURE_AUDIENCES",
    },
    {
      flaw: "a role that is not assigned",
      change: ["data/storage.bicep", ", tableDataContributorRole]", "]"],
      fault:
        "data/storage.bicep the role Storage Table Data Contributor (0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3) is not assigned",
    },
    {
      flaw: "a wrong role id",
      change: ["app/speech.bicep", "0e75ca1e", "0e75ca1f"],
      fault:
        "app/speech.bicep the role Cognitive Services Speech Contributor (0e75ca1e-0464-4b4d-8b93-68208a576181) is not assigned",
    },
    {
      flaw: "a blob container that the code uses",
      change: ["data/storage.bicep", "'samples', ", ""],
      fault: "data/storage.bicep the code needs the container samples",
    },
    {
      flaw: "a collection without the index of its order",
      change: ["data/cosmos.bicep", "orderedBy: ['day']", "orderedBy: []"],
      fault:
        'data/cosmos.bicep the code needs the container {"name":"usage","orderedBy":["day"],"unqueried":[],"timeToLiveSeconds":-1}',
    },
    {
      flaw: "a collection whose bulk is indexed",
      change: ["data/cosmos.bicep", "unqueried: ['entries']", "unqueried: []"],
      fault:
        'data/cosmos.bicep the code needs the container {"name":"lexicons","orderedBy":[],"unqueried":["entries"],"timeToLiveSeconds":-1}',
    },
  ])("finds $flaw", ({ change: [path = "", from = "", to = ""], fault }) => {
    expect(faultsWith(path, from, to)).toContainEqual(expect.stringContaining(fault));
  });

  it("finds every single role that is missing", () => {
    const roles = Object.entries(needs.roles).flatMap(([path, ids]) =>
      Object.values(ids).map((id) => ({ path, id })),
    );

    const found = roles.map(({ path, id }) => faultsWith(path, id, "11111111-1111-1111-1111-111111111111"));

    expect(roles.length).toBeGreaterThan(8);
    found.forEach((faults, index) => {
      expect(faults.join()).toContain(`(${roles[index]?.id ?? "?"}) is not assigned`);
    });
  });

  it("finds every single setting that is missing, unless it may be", () => {
    const path = "app/app-settings.bicep";
    const required = needs.settings.filter((name) => !needs.optionalSettings.includes(name));

    const found = required.map((name) => faultsWith(path, `  ${name}:`, "  SOMETHING_ELSE:"));

    expect(required.length).toBeGreaterThan(5);
    found.forEach((faults, index) => {
      expect(faults.join()).toContain(`the setting ${required[index] ?? "?"} is neither set nor optional`);
    });
  });
});
