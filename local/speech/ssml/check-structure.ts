import { contentModelOf } from "./grammar.ts";
import type { SsmlElement, SsmlNode } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

/** The service's own classes of elements, as its messages name them. */
const TYPES: Readonly<Record<string, string>> = { speak: "RootSpeak", voice: "Media", break: "Break" };

/** @throws {@link SsmlError} when an element stands where it must not, or text does. */
export function checkStructure(element: SsmlElement): void {
  for (const child of element.children) {
    if (!isAllowed(element, child)) {
      throw new SsmlError(`${described(element.name)} should not contain ${describedNode(child)}.`);
    }
    if (child.kind === "element" && child.name !== "math:math") {
      checkStructure(child);
    }
  }
}

function isAllowed(parent: SsmlElement, child: SsmlNode): boolean {
  const model = contentModelOf(parent.name);
  if (child.kind === "text") {
    return model?.allowsText === true || child.text.trim() === "";
  }
  return model?.children.has(child.name) === true;
}

function describedNode(node: SsmlNode): string {
  return node.kind === "text" ? "node [text] with type [Text]" : described(node.name).replace("Node", "node");
}

function described(name: string): string {
  return `Node [${name}] with type [${TYPES[name] ?? "Others"}]`;
}
