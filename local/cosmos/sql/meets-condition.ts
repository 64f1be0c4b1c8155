import type { JsonObject } from "../json.ts";
import { checkQuery } from "./check-query.ts";
import { parseCondition } from "./query-parser.ts";
import { runQuery } from "./run-query.ts";

/**
 * Whether a document fits the condition of a patch, `FROM c WHERE ...`.
 *
 * @throws QueryError
 */
export function meetsCondition(condition: string, document: JsonObject): boolean {
  const query = parseCondition(condition);
  checkQuery(query);
  const input = { documents: [document], parameters: new Map(), isOrdered: true };
  return runQuery(query, input).next().done !== true;
}
