import { escapeAttribute, escapeText } from "./escape-xml.ts";
import type { SsmlNode } from "./ssml-tree.ts";

export function serializeSsml(node: SsmlNode): string {
  if (node.kind === "text") {
    return escapeText(node.text);
  }
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
  if (node.children.length === 0) {
    return `<${node.name}${attributes}/>`;
  }
  return `<${node.name}${attributes}>${node.children.map(serializeSsml).join("")}</${node.name}>`;
}
