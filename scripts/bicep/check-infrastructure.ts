import { type AppNeeds, appFaults } from "./check-app.ts";
import { type BicepFile, type Fault, syntaxFaults } from "./bicep-file.ts";
import { moduleFaults, parameterFileFaults } from "./check-modules.ts";
import { resourceFaults } from "./check-resources.ts";
import { symbolFaults } from "./check-symbols.ts";
import type { Schemas } from "./schema.ts";

/** Everything that can be said without Azure; `az bicep build` and `what-if` say the rest. */
export function infrastructureFaults(
  files: readonly BicepFile[],
  schemas: Schemas,
  needs: AppNeeds,
): readonly Fault[] {
  const main = files.find(({ path }) => path === "main.bicep");
  const templates = files.filter(({ path }) => path.endsWith(".bicep"));
  const parameterFiles = files.filter(({ path }) => path.endsWith(".bicepparam"));
  return [
    ...files.flatMap((file) => [...syntaxFaults(file), ...symbolFaults(file)]),
    ...templates.flatMap((file) => [...moduleFaults(file, templates), ...resourceFaults(file, schemas)]),
    ...(main === undefined ? [] : parameterFiles.flatMap((file) => parameterFileFaults(file, main))),
    ...appFaults(templates, needs),
  ];
}
