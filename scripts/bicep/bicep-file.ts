import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

/** What is wrong, and where. Lines count from 1. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface BicepFile {
  /** Relative to the folder of the infrastructure, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly root: Node;
}

export type ReadBicep = (path: string, text: string) => BicepFile;

/** Loads the grammar. Parameter files are read too, which it does not know. */
export async function loadBicepReader(): Promise<ReadBicep> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (path, text) => {
    const tree = parser.parse(path.endsWith(".bicepparam") ? asVariables(text) : text);
    if (tree === null) {
      throw new Error(`${path} cannot be parsed.`);
    }
    return { path, text, root: tree.rootNode };
  };
}

function asVariables(text: string): string {
  return text.replaceAll(/^using .*$/gm, "").replaceAll(/^param /gm, "var ");
}

export function faultAt(file: BicepFile, node: Node, message: string): Fault {
  return { file: file.path, line: node.startPosition.row + 1, message };
}

export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.namedChildren) {
    yield* nodesOf(child);
  }
}

/** What the grammar cannot make sense of. */
export function syntaxFaults(file: BicepFile): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = (node: Node): void => {
    if (node.type === "ERROR" || node.isMissing) {
      faults.push(faultAt(file, node, `syntax: ${node.text.slice(0, 40) || `${node.type} is missing`}`));
      return;
    }
    for (const child of node.children) {
      visit(child);
    }
  };
  visit(file.root);
  return faults;
}
