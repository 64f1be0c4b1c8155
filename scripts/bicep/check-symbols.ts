import type { Node } from "web-tree-sitter";
import { type BicepFile, type Fault, faultAt, nodesOf } from "./bicep-file.ts";
import { declarationsOf } from "./declarations.ts";

/** Functions and decorators of the language that the files use. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "allowed batchSize concat contains description empty environment flatten guid items last listKeys map " +
    "maxLength maxValue minLength minValue readEnvironmentVariable replace resourceGroup resourceId secure split " +
    "subscription subscriptionResourceId tenant union uniqueString uriComponent utcNow"
  ).split(" "),
);

const TYPES: ReadonlySet<string> = new Set(["array", "bool", "int", "object", "string"]);

/** Names that nothing declares, and parameters and variables that nothing uses. */
export function symbolFaults(file: BicepFile): readonly Fault[] {
  const declarations = declarationsOf(file);
  const known = new Set([...declarations.map(({ name }) => name), ...localNames(file), ...TYPES]);
  const names = declarations.map(({ node }) => node.namedChildren[0]?.id);
  const used = [...nodesOf(file.root)].filter(
    (node) => node.type === "identifier" && !names.includes(node.id) && !isKey(node),
  );
  const unknown = used
    .filter((node) => !(isCallee(node) ? FUNCTIONS : known).has(node.text))
    .map((node) => faultAt(file, node, `${node.text} is not declared`));
  if (file.path.endsWith(".bicepparam")) {
    return unknown;
  }
  const usedNames = new Set(used.map(({ text }) => text));
  const unused = declarations
    .filter(({ kind, name }) => (kind === "parameter" || kind === "variable") && !usedNames.has(name))
    .map(({ node, name }) => faultAt(file, node, `${name} is not used`));
  return [...unknown, ...unused];
}

/** Variables of loops and lambdas. Their reach is not followed. */
function localNames(file: BicepFile): readonly string[] {
  return [...nodesOf(file.root)].flatMap((node) => {
    const first = node.namedChildren[0];
    if (node.type === "for_loop_parameters") {
      return node.namedChildren.map(({ text }) => text);
    }
    return (node.type === "for_statement" || node.type === "lambda_expression") &&
      first?.type === "identifier"
      ? [first.text]
      : [];
  });
}

function isKey(node: Node): boolean {
  return node.parent?.type === "object_property" && node.parent.namedChildren[0]?.id === node.id;
}

function isCallee(node: Node): boolean {
  return node.parent?.type === "call_expression" && node.parent.namedChildren[0]?.id === node.id;
}
