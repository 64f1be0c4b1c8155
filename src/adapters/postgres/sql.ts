export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A field of the document as JSON. */
export function jsonOf(field: string): string {
  return `(document -> ${literal(field)})`;
}

/** A field as text that compares by code point; NULL for anything else. */
export function textOf(field: string): string {
  return `(CASE WHEN jsonb_typeof${jsonOf(field)} = 'string' THEN document ->> ${literal(field)} END COLLATE "C")`;
}

/** A field as a number; NULL for anything else. */
export function numberOf(field: string): string {
  return `(CASE WHEN jsonb_typeof${jsonOf(field)} = 'number' THEN (document ->> ${literal(field)})::numeric END)`;
}

/** Builds a statement and keeps every value out of its text. */
export class Statement {
  readonly values: unknown[] = [];

  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
