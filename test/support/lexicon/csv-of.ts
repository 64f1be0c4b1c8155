/** CSV of `count` aliases. */
export function csvOf(count: number, prefix = "word"): string {
  return `grapheme,alias\n${Array.from({ length: count }, (_, index) => `${prefix} ${index},alias ${index}`).join("\n")}`;
}
