import path from "node:path";
import { type BicepFile, type Fault, faultAt } from "./bicep-file.ts";
import { bodiesOf, type Declaration, declared, referenceOf } from "./declarations.ts";
import { propertiesOf } from "./values.ts";

/** Modules that are not there, parameters and outputs that do not fit them. */
export function moduleFaults(file: BicepFile, files: readonly BicepFile[]): readonly Fault[] {
  return declared(file, "module").flatMap((module) => {
    const reference = referenceOf(module);
    const target = files.find(
      (other) => other.path === path.posix.join(path.posix.dirname(file.path), reference),
    );
    return target === undefined
      ? [faultAt(file, module.node, `module ${reference} does not exist`)]
      : [...parameterFaults(file, module, target), ...outputFaults(file, module, target)];
  });
}

function parameterFaults(file: BicepFile, module: Declaration, target: BicepFile): readonly Fault[] {
  const parameters = declared(target, "parameter");
  const given = bodiesOf(module)
    .flatMap(propertiesOf)
    .filter(({ name }) => name === "params")
    .flatMap(({ value }) => propertiesOf(value));
  const unknown = given
    .filter(({ name }) => !parameters.some((parameter) => parameter.name === name))
    .map(({ name, node }) => faultAt(file, node, `${target.path} has no parameter ${name}`));
  const missing = parameters
    .filter(({ name, value }) => value === undefined && !given.some((one) => one.name === name))
    .map(({ name }) => faultAt(file, module.node, `${target.path} needs the parameter ${name}`));
  return [...unknown, ...missing];
}

function outputFaults(file: BicepFile, module: Declaration, target: BicepFile): readonly Fault[] {
  const outputs = declared(target, "output").map(({ name }) => name);
  return [...file.text.matchAll(new RegExp(`\\b${module.name}!?\\.outputs\\.(\\w+)`, "g"))]
    .filter(([, name = ""]) => !outputs.includes(name))
    .map(([, name = ""]) => faultAt(file, module.node, `${target.path} has no output ${name}`));
}

/** Parameters of the main file that a parameter file sets although they do not exist, or leaves out. */
export function parameterFileFaults(file: BicepFile, main: BicepFile): readonly Fault[] {
  const parameters = declared(main, "parameter");
  const given = declared(file, "variable");
  return [
    ...given
      .filter(({ name }) => !parameters.some((parameter) => parameter.name === name))
      .map(({ name, node }) => faultAt(file, node, `${main.path} has no parameter ${name}`)),
    ...parameters
      .filter(({ name, value }) => value === undefined && !given.some((one) => one.name === name))
      .map(({ name }) => faultAt(file, file.root, `${main.path} needs the parameter ${name}`)),
  ];
}
