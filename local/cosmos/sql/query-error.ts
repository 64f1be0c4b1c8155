/** A query that Azure answers with 400, or that the stand-in does not imitate. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  /** Azure's code, for example `SC1001`. */
  readonly code: string;
  /** Offsets into the text of the query. */
  readonly location: { readonly start: number; readonly end: number } | undefined;

  constructor(code: string, message: string, location?: { readonly start: number; readonly end: number }) {
    super(message);
    this.code = code;
    this.location = location;
  }
}

/** What is valid in Azure and missing here. */
export function notImitated(what: string): QueryError {
  return new QueryError("SC9999", `The Cosmos DB stand-in does not support ${what}.`);
}
