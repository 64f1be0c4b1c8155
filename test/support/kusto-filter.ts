import type { Envelope } from "../../local/application-insights/start-ingestion.ts";

/** A row as the tables `requests` and `dependencies` show it. */
export interface TelemetryRow {
  readonly table: string;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly customDimensions: Readonly<Record<string, unknown>>;
}

const TABLES: Readonly<Record<string, string>> = {
  RequestData: "requests",
  RemoteDependencyData: "dependencies",
};

export function rowOf({ data: { baseType, baseData } }: Envelope): TelemetryRow {
  const { properties, responseCode, ...columns } = baseData;
  return {
    table: TABLES[baseType] ?? baseType,
    columns: { ...columns, ...(responseCode !== undefined && { resultCode: responseCode }) },
    customDimensions: Object.fromEntries(Object.entries(Object(properties))),
  };
}

/**
 * The rows that a query's table and its leading `where` steps leave over.
 *
 * @throws Error for a condition in another form than the shipped queries have.
 */
export function rowsOf(query: string, rows: readonly TelemetryRow[]): readonly TelemetryRow[] {
  const [table, ...steps] = query.split(" | ");
  const end = steps.findIndex((step) => !step.startsWith("where "));
  const conditions = steps.slice(0, end === -1 ? undefined : end).map((step) => step.slice("where ".length));
  return rows.filter((row) => row.table === table && conditions.every((condition) => holds(condition, row)));
}

function holds(condition: string, row: TelemetryRow): boolean {
  const present = /^isnotempty\((.+)\)$/.exec(condition)?.[1];
  if (present !== undefined) {
    return valueOf(present, row) !== "";
  }
  const [left = "", operator = "", ...rest] = condition.split(" ");
  const value = valueOf(left, row);
  const texts = [...rest.join(" ").matchAll(/["']([^"']*)["']/g)].map(([, text = ""]) => text);
  switch (operator) {
    case "==":
    case "in":
      return texts.includes(value);
    case "startswith":
      return texts.some((text) => value.startsWith(text));
    case "!startswith":
      return !texts.some((text) => value.startsWith(text));
    default:
      throw new Error(`The condition ${condition} is in no form that is known here.`);
  }
}

/** Text of a column or of a custom dimension; empty where the row has no text there. */
function valueOf(expression: string, { columns, customDimensions }: TelemetryRow): string {
  const inner = /^tostring\((.+)\)$/.exec(expression)?.[1] ?? expression;
  const dimension = /^customDimensions\[["']([^"']+)["']\]$/.exec(inner)?.[1];
  const value = dimension === undefined ? columns[inner] : customDimensions[dimension];
  return typeof value === "string" ? value : "";
}
