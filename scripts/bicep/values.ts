import type { Node } from "web-tree-sitter";

export interface Property {
  readonly name: string;
  readonly node: Node;
  readonly value: Node;
}

export function propertiesOf(object: Node): readonly Property[] {
  return object.namedChildren.flatMap((node) => {
    const [key, value] = node.namedChildren;
    return node.type === "object_property" && key !== undefined && value !== undefined
      ? [{ name: textOf(key) ?? key.text, node, value }]
      : [];
  });
}

/** @returns undefined for anything but text without interpolation. */
export function textOf(node: Node | undefined): string | undefined {
  const isPlain = node?.namedChildren.every(({ type }) => type === "string_content") === true;
  return node?.type === "string" && isPlain ? node.text.slice(1, -1) : undefined;
}

/** Literals as JSON has them; undefined for what is computed. */
export function literalOf(node: Node): unknown {
  switch (node.type) {
    case "string":
      return textOf(node);
    case "number":
      return Number(node.text);
    case "boolean":
      return node.text === "true";
    case "null":
      return null;
    case "array":
      return node.namedChildren.filter(({ type }) => type !== "comment").map(literalOf);
    case "object":
      return Object.fromEntries(propertiesOf(node).map(({ name, value }) => [name, literalOf(value)]));
    default:
      return undefined;
  }
}
