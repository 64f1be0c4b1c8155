import type { SQLOutputValue } from "node:sqlite";

export type Row = Record<string, SQLOutputValue>;

/** @throws {TypeError} when the column holds anything but text. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") {
    throw new TypeError(`The column ${column} holds no text.`);
  }
  return value;
}

export function textOrNullOf(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column);
}

/** @throws {TypeError} when the column holds anything but a number. */
export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") {
    throw new TypeError(`The column ${column} holds no number.`);
  }
  return value;
}
