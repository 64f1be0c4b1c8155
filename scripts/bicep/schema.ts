import { z } from "zod";

/** Name → type, then what a text must look like, then `!` and flags: `string /^[a-z]+$/ !Required`. */
const properties = z.record(z.string(), z.string());

const objectType = z.object({ properties, additional: z.string().optional() });

const variantType = z.object({
  discriminator: z.string(),
  base: properties,
  variants: z.array(properties),
});

export type SchemaType = z.output<typeof objectType> | z.output<typeof variantType>;

const resourceSchema = z.object({
  apiVersion: z.string(),
  body: properties,
  types: z.record(z.string(), z.union([variantType, objectType])),
});

export type ResourceSchema = z.output<typeof resourceSchema>;

/** Type of a resource → what its newest stable version takes. */
export const schemasSchema = z.record(z.string(), resourceSchema);

export type Schemas = z.output<typeof schemasSchema>;

export interface PropertyType {
  readonly type: string;
  /** Of a text. */
  readonly pattern: RegExp | undefined;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
}

export function propertyType(text: string): PropertyType {
  const [described = "", flags = ""] = text.split(" !");
  const [, type = described, pattern] = /^(string) \/(.*)\/$/.exec(described) ?? [];
  return {
    type,
    pattern: pattern === undefined ? undefined : new RegExp(pattern),
    isRequired: flags.includes("Required"),
    isReadOnly: flags.includes("ReadOnly"),
  };
}
