import type { Node } from "web-tree-sitter";
import type { BicepFile } from "./bicep-file.ts";
import { propertiesOf, textOf } from "./values.ts";

export type DeclarationKind = "parameter" | "variable" | "type" | "resource" | "module" | "output";

export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  readonly node: Node;
  /** Default of a parameter, value of a variable or output, body of a resource or module. */
  readonly value: Node | undefined;
}

const KINDS: Readonly<Record<string, DeclarationKind>> = {
  parameter_declaration: "parameter",
  variable_declaration: "variable",
  type_declaration: "type",
  resource_declaration: "resource",
  module_declaration: "module",
  output_declaration: "output",
};

export function declarationsOf({ root }: BicepFile): readonly Declaration[] {
  return root.namedChildren.flatMap((node) => {
    const kind = KINDS[node.type];
    const name = node.namedChildren[0];
    if (kind === undefined || name === undefined) {
      return [];
    }
    const rest = node.namedChildren
      .slice(1)
      .filter(({ type }) => !["type", "primitive_type", "comment"].includes(type));
    const value = kind === "resource" || kind === "module" ? rest[1] : rest[0];
    return [{ kind, name: name.text, node, value }];
  });
}

export function declared(file: BicepFile, kind: DeclarationKind): readonly Declaration[] {
  return declarationsOf(file).filter((declaration) => declaration.kind === kind);
}

/** Type and version of a resource, path of a module. */
export function referenceOf({ node }: Declaration): string {
  return textOf(node.namedChildren[1]) ?? "";
}

export function isExisting({ node }: Declaration): boolean {
  return / existing\b/.test(node.text.split("{", 1)[0] ?? "");
}

/** Every object that the declaration may stand for: behind conditions and loops. */
export function bodiesOf({ value }: Declaration): readonly Node[] {
  return value === undefined ? [] : objectsOf(value);
}

export function objectsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "object":
      return [node];
    case "if_statement":
    case "for_statement":
      return objectsOf(node.namedChildren.at(-1) ?? node);
    case "ternary_expression":
      return node.namedChildren.slice(1).flatMap(objectsOf);
    default:
      return [];
  }
}

/** Value of a variable that is an object. */
export function objectVariable(file: BicepFile, name: string): ReturnType<typeof propertiesOf> {
  const value = declared(file, "variable").find((variable) => variable.name === name)?.value;
  return value === undefined ? [] : propertiesOf(value);
}
