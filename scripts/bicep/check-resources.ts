import type { Node } from "web-tree-sitter";
import { type BicepFile, type Fault, faultAt } from "./bicep-file.ts";
import { bodiesOf, declared, isExisting, objectsOf, referenceOf } from "./declarations.ts";
import { propertyType, type ResourceSchema, type Schemas, type SchemaType } from "./schema.ts";
import { propertiesOf, type Property, textOf } from "./values.ts";

/** Of the language, not of a resource. */
const LANGUAGE_PROPERTIES: readonly string[] = ["parent", "scope", "dependsOn"];

/** Types and versions that do not exist, properties that are unknown, missing, read-only or of a wrong value. */
export function resourceFaults(file: BicepFile, schemas: Schemas): readonly Fault[] {
  return declared(file, "resource").flatMap((resource) => {
    const [type = "", version] = referenceOf(resource).split("@");
    const schema = schemas[type];
    if (schema === undefined) {
      return [faultAt(file, resource.node, `resource type ${type} is unknown`)];
    }
    if (version !== schema.apiVersion) {
      return [
        faultAt(file, resource.node, `${type} is checked against ${schema.apiVersion}, not ${version}`),
      ];
    }
    const check = new BodyCheck(file, schema);
    return isExisting(resource) ? [] : bodiesOf(resource).flatMap((body) => check.resource(body));
  });
}

class BodyCheck {
  readonly #file: BicepFile;
  readonly #schema: ResourceSchema;

  constructor(file: BicepFile, schema: ResourceSchema) {
    this.#file = file;
    this.#schema = schema;
  }

  resource(body: Node): readonly Fault[] {
    const own = propertiesOf(body).filter(({ name }) => !LANGUAGE_PROPERTIES.includes(name));
    return this.#object(body, own, { properties: this.#schema.body });
  }

  #object(node: Node, given: readonly Property[], type: SchemaType): readonly Fault[] {
    const { properties, additional } = this.#chosen(given, type);
    const missing = Object.entries(properties)
      .filter(([name, text]) => propertyType(text).isRequired && !given.some((one) => one.name === name))
      .map(([name]) => faultAt(this.#file, node, `${name} is missing`));
    const wrong = given.flatMap((property) => {
      const text = properties[property.name] ?? additional;
      return text === undefined
        ? [faultAt(this.#file, property.node, `${property.name} is no property here`)]
        : this.#property(property, text);
    });
    return [...missing, ...wrong];
  }

  /** Of a type with variants, the one that the discriminator names. */
  #chosen(
    given: readonly Property[],
    type: SchemaType,
  ): { readonly properties: Readonly<Record<string, string>>; readonly additional?: string | undefined } {
    if (!("discriminator" in type)) {
      return type;
    }
    const { discriminator, base, variants } = type;
    const value = given.find(({ name }) => name === discriminator)?.value;
    const variant = variants.find((one) => propertyType(one[discriminator] ?? "").type === textOf(value));
    return { properties: { ...base, [discriminator]: "string !Required", ...variant } };
  }

  #property({ name, node, value }: Property, text: string): readonly Fault[] {
    const { type, pattern, isReadOnly } = propertyType(text);
    if (isReadOnly) {
      return [faultAt(this.#file, node, `${name} is read-only`)];
    }
    const literal = textOf(value);
    if (pattern !== undefined && literal !== undefined && !pattern.test(literal)) {
      return [faultAt(this.#file, value, `${name} is not ${literal}: it must match ${pattern.source}`)];
    }
    return this.#value(value, type, name);
  }

  #value(value: Node, type: string, name: string): readonly Fault[] {
    if (type.endsWith("[]")) {
      const items = value.type === "array" ? value.namedChildren : [];
      return items.flatMap((item) => this.#value(item, type.slice(0, -2), name));
    }
    const named = this.#schema.types[type];
    const literal = textOf(value);
    if (named !== undefined) {
      return literal === undefined
        ? objectsOf(value).flatMap((object) => this.#object(object, propertiesOf(object), named))
        : [faultAt(this.#file, value, `${name} is an object`)];
    }
    const choices = type.split(" | ");
    return literal === undefined || isOpen(choices) || choices.includes(literal)
      ? primitiveFaults(this.#file, value, { type, name })
      : [faultAt(this.#file, value, `${name} is one of ${type}, not ${literal}`)];
  }
}

/** Any text will do: Azure may know more values than the schema. */
function isOpen(choices: readonly string[]): boolean {
  return choices.length === 1;
}

const LITERALS: Readonly<Record<string, string>> = { string: "string", int: "number", bool: "boolean" };

function primitiveFaults(
  file: BicepFile,
  value: Node,
  { type, name }: { readonly type: string; readonly name: string },
): readonly Fault[] {
  const wanted = LITERALS[type];
  const isLiteral = ["string", "number", "boolean", "object", "array"].includes(value.type);
  return wanted !== undefined && isLiteral && value.type !== wanted
    ? [faultAt(file, value, `${name} is of type ${type}`)]
    : [];
}
