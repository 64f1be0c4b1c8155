/** What a request and its answers look like. */
export interface OperationExample {
  /** JSON body. */
  readonly request?: unknown;
  /** Fields of a form; a file is its name behind `@`, as curl takes it. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Status → JSON body. */
  readonly responses?: Readonly<Record<number, unknown>>;
}

export type OperationExamples = Readonly<Record<string, OperationExample>>;

/** One page with this one item. */
export function pageOf(item: unknown) {
  return { items: [item], nextCursor: null };
}
