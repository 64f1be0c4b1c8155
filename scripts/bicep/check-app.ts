import type { CollectionDefinition } from "../../src/application/ports/documents.ts";
import { type BicepFile, type Fault, faultAt } from "./bicep-file.ts";
import { declared, objectVariable } from "./declarations.ts";
import { literalOf } from "./values.ts";

/** What the code asks of the infrastructure. */
export interface AppNeeds {
  /** Every setting that the code reads. */
  readonly settings: readonly string[];
  /** Settings that may stay unset in Azure. */
  readonly optionalSettings: readonly string[];
  readonly collections: readonly CollectionDefinition[];
  readonly blobContainers: readonly string[];
  /** Path of a file → the role that it must assign → its id. */
  readonly roles: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What the code needs and the files do not give, and what they give that the code does not know. */
export function appFaults(files: readonly BicepFile[], needs: AppNeeds): readonly Fault[] {
  return [
    ...settingFaults(fileOf(files, "app/app-settings.bicep"), needs),
    ...collectionFaults(fileOf(files, "data/cosmos.bicep"), needs.collections),
    ...blobFaults(fileOf(files, "data/storage.bicep"), needs.blobContainers),
    ...Object.entries(needs.roles).flatMap(([path, roles]) => roleFaults(fileOf(files, path), roles)),
  ];
}

function fileOf(files: readonly BicepFile[], path: string): BicepFile {
  const file = files.find((one) => one.path === path);
  if (file === undefined) {
    throw new Error(`${path} is missing.`);
  }
  return file;
}

function settingFaults(file: BicepFile, { settings, optionalSettings }: AppNeeds): readonly Fault[] {
  const given = objectVariable(file, "appSettings");
  const names = given.map(({ name }) => name);
  return [
    ...settings
      .filter((name) => !names.includes(name) && !optionalSettings.includes(name))
      .map((name) => faultAt(file, file.root, `the setting ${name} is neither set nor optional`)),
    ...given
      .filter(({ name }) => !settings.includes(name))
      .map(({ name, node }) => faultAt(file, node, `the code does not read ${name}`)),
  ];
}

function variable(file: BicepFile, name: string): unknown {
  const value = declared(file, "variable").find((one) => one.name === name)?.value;
  return value === undefined ? undefined : literalOf(value);
}

function collectionFaults(file: BicepFile, collections: readonly CollectionDefinition[]): readonly Fault[] {
  const wanted = collections.map(({ name, orderedBy = [], unqueried = [], defaultTimeToLiveSeconds = -1 }) =>
    JSON.stringify({ name, orderedBy, unqueried, timeToLiveSeconds: defaultTimeToLiveSeconds }),
  );
  const containers = variable(file, "containers");
  const given = (Array.isArray(containers) ? containers : []).map((one) => JSON.stringify(one));
  return [
    ...wanted.filter((one) => !given.includes(one)).map((one) => `the code needs the container ${one}`),
    ...given
      .filter((one) => !wanted.includes(one))
      .map((one) => `the code does not know the container ${one}`),
  ].map((message) => faultAt(file, file.root, message));
}

function blobFaults(file: BicepFile, containers: readonly string[]): readonly Fault[] {
  const given = variable(file, "containers");
  return containers
    .filter((name) => !Array.isArray(given) || !given.includes(name))
    .map((name) => faultAt(file, file.root, `the code needs the container ${name}`));
}

/** A role counts when its id stands in a variable that an assignment uses. */
function roleFaults(file: BicepFile, roles: Readonly<Record<string, string>>): readonly Fault[] {
  const assignments = declared(file, "resource").filter(({ node }) => node.text.includes("oleAssignments@"));
  return Object.entries(roles)
    .filter(([, id]) => {
      const names = declared(file, "variable").filter(
        ({ value }) => value !== undefined && literalOf(value) === id,
      );
      const lists = declared(file, "variable").filter(({ node }) =>
        names.some(({ name }) => node.text.includes(`[${name}`) || node.text.includes(`, ${name}`)),
      );
      const used = [...names, ...lists].map(({ name }) => name);
      return !assignments.some(({ node }) => used.some((name) => node.text.includes(name)));
    })
    .map(([name, id]) => faultAt(file, file.root, `the role ${name} (${id}) is not assigned`));
}
