/** What functions of this app were given, in order. `GET /api/record` shows it. */
export const record: { readonly name: string; readonly value: unknown }[] = [];
