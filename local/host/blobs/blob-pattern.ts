import { HostError } from "../host-error.ts";

export interface BlobPattern {
  readonly container: string;
  /** Text that the name of every matching blob begins with. */
  readonly prefix: string;
  /** @returns the values of the placeholders, or `undefined` when the name does not match. */
  match(blobName: string): Readonly<Record<string, string>> | undefined;
}

/**
 * Reads the path of a blob trigger, such as `drop/{ownerId}/{name}.{ext}`. Placeholders are greedy and take slashes too;
 * `{{` and `}}` stand for braces. A path without a blob part matches every blob of the container.
 *
 * @throws {@link HostError} `function-invalid`
 */
export function parseBlobPattern(path: string): BlobPattern {
  const [, container = "", pattern = "{name}"] = /^([^/{}]+)(?:\/(.+))?$/s.exec(path) ?? [];
  if (container === "") {
    throw new HostError(
      "function-invalid",
      `The blob path "${path}" must begin with the name of a container.`,
    );
  }
  const tokens = tokensOf(pattern, path);
  const expression = new RegExp(`^${tokens.map(sourceOf).join("")}$`, "s");
  const first = tokens[0];
  return {
    container,
    prefix: first?.kind === "text" ? first.text : "",
    match: (blobName) => {
      const match = expression.exec(blobName);
      return match === null ? undefined : { ...match.groups };
    },
  };
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "placeholder"; readonly name: string };

function tokensOf(pattern: string, path: string): readonly Token[] {
  const tokens: Token[] = [];
  const names = new Set<string>();
  for (const [part] of pattern.matchAll(/\{\{|\}\}|\{\w+\}|[^{}]+|[{}]/g)) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (part === "{" || part === "}" || (name !== undefined && (names.has(name) || /^\d/.test(name)))) {
      throw new HostError(
        "function-invalid",
        `The blob path "${path}" has a broken or repeated placeholder.`,
      );
    }
    if (name === undefined) {
      addText(tokens, part.replace("{{", "{").replace("}}", "}"));
    } else {
      names.add(name);
      tokens.push({ kind: "placeholder", name });
    }
  }
  return tokens;
}

function addText(tokens: Token[], text: string): void {
  const last = tokens.at(-1);
  if (last?.kind === "text") {
    tokens[tokens.length - 1] = { kind: "text", text: last.text + text };
  } else {
    tokens.push({ kind: "text", text });
  }
}

function sourceOf(token: Token): string {
  return token.kind === "placeholder"
    ? `(?<${token.name}>.+)`
    : token.text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
