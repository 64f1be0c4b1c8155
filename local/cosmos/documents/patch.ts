import { z } from "zod";

import { type Json, type JsonObject, parseJson } from "../json.ts";
import { badRequest } from "../refusals.ts";
import { namesOfPath } from "./sort-key.ts";

const MAX_OPERATIONS = 10;

const path = z.string().startsWith("/");
const value = z.json();
const operationSchema = z.discriminatedUnion("op", [
  z.object({ op: z.literal(["add", "set", "replace"]), path, value }),
  z.object({ op: z.literal("incr"), path, value: z.number() }),
  z.object({ op: z.literal("remove"), path }),
  z.object({ op: z.literal("move"), path, from: path }),
]);

const patchSchema = z.union([
  z.array(operationSchema).transform((operations) => ({ operations, condition: undefined })),
  z.object({ operations: z.array(operationSchema), condition: z.string().optional() }),
]);

type Operation = z.output<typeof operationSchema>;

export interface Patch {
  /** `FROM c WHERE ...` */
  readonly condition: string | undefined;
  readonly operations: readonly Operation[];
}

/** @throws Refusal 400. */
export function patchOf(body: Json | undefined): Patch {
  const parsed = patchSchema.safeParse(body);
  if (!parsed.success) {
    throw badRequest(`The patch request is invalid. ${z.prettifyError(parsed.error)}`);
  }
  const { operations, condition } = parsed.data;
  if (operations.length === 0 || operations.length > MAX_OPERATIONS) {
    throw badRequest(`The number of patch operations must be between 1 and ${MAX_OPERATIONS}.`);
  }
  return { operations, condition };
}

/**
 * @param fixedPaths what cannot be patched beside the id and the system properties: the partition key.
 * @throws Refusal 400.
 */
export function patched(document: JsonObject, patch: Patch, fixedPaths: readonly string[]): Json {
  const draft = draftOf(document);
  for (const operation of patch.operations) {
    for (const target of operation.op === "move" ? [operation.path, operation.from] : [operation.path]) {
      checkPath(target, fixedPaths);
    }
    apply(draft, operation);
  }
  return parseJson(JSON.stringify(draft));
}

/** A part of a document that may be changed. */
type Draft = Record<string, unknown> | unknown[];

function draftOf(document: JsonObject): Draft {
  const copy: unknown = structuredClone(document);
  return isDraft(copy) ? copy : {};
}

function isDraft(part: unknown): part is Draft {
  return typeof part === "object" && part !== null;
}

function checkPath(target: string, fixedPaths: readonly string[]): void {
  const [first] = namesOfPath(target);
  const isSystem = first === "id" || first?.startsWith("_") === true;
  if (isSystem || fixedPaths.some((fixed) => target === fixed || fixed.startsWith(`${target}/`))) {
    throw badRequest(`Patch operation on path '${target}' is not allowed: it is a system property or a key.`);
  }
}

function apply(draft: Draft, operation: Operation): void {
  const [parent, name] = placeOf(draft, operation.path);
  switch (operation.op) {
    case "add":
      insert(parent, name, operation.value);
      return;
    case "set":
      assign(parent, name, operation.value);
      return;
    case "replace":
      requireMember(parent, name, operation.path);
      assign(parent, name, operation.value);
      return;
    case "incr":
      assign(parent, name, incremented(memberAt(parent, name), operation));
      return;
    case "remove":
      requireMember(parent, name, operation.path);
      remove(parent, name);
      return;
    case "move": {
      const [source, sourceName] = placeOf(draft, operation.from);
      requireMember(source, sourceName, operation.from);
      const moved = memberAt(source, sourceName);
      remove(source, sourceName);
      assign(parent, name, moved);
    }
  }
}

/** The object or array that holds the last name of a path, and that name. */
function placeOf(draft: Draft, target: string): readonly [Draft, string] {
  const names = target
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = names.pop() ?? "";
  let parent: unknown = draft;
  for (const name of names) {
    parent = isDraft(parent) ? memberAt(parent, name) : undefined;
  }
  if (!isDraft(parent)) {
    throw badRequest(`For Operation: path '${target}' does not exist.`);
  }
  return [parent, last];
}

function memberAt(parent: Draft, name: string): unknown {
  if (Array.isArray(parent)) {
    return parent[indexOf(parent, name)];
  }
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function requireMember(parent: Draft, name: string, target: string): void {
  if (memberAt(parent, name) === undefined) {
    throw badRequest(`For Operation: path '${target}' does not exist.`);
  }
}

function insert(parent: Draft, name: string, added: unknown): void {
  if (Array.isArray(parent)) {
    parent.splice(indexOf(parent, name), 0, added);
  } else {
    parent[name] = added;
  }
}

function assign(parent: Draft, name: string, assigned: unknown): void {
  if (Array.isArray(parent)) {
    parent[indexOf(parent, name)] = assigned;
  } else {
    parent[name] = assigned;
  }
}

function remove(parent: Draft, name: string): void {
  if (Array.isArray(parent)) {
    parent.splice(indexOf(parent, name), 1);
  } else {
    Reflect.deleteProperty(parent, name);
  }
}

function incremented(
  current: unknown,
  { path: target, value: by }: Extract<Operation, { op: "incr" }>,
): number {
  if (current === undefined) {
    return by;
  }
  if (typeof current !== "number") {
    throw badRequest(`For Operation: path '${target}' is not a number.`);
  }
  return current + by;
}

/** `-` stands for the place behind the last element. */
function indexOf(array: readonly unknown[], name: string): number {
  const index = name === "-" ? array.length : Number(name);
  if (!/^(-|0|[1-9]\d*)$/.test(name) || index > array.length) {
    throw badRequest(`Index '${name}' is outside of the array.`);
  }
  return index;
}
