import type { z } from "zod";
import { settings } from "../src/config.ts";

const INTRODUCTION =
  "Every setting is a variable of the environment. An empty one counts as absent; a wrong one keeps the app from " +
  "starting, and the message names it.";

/** docs/settings.md: a row for every setting of the schema. */
export function settingsMarkdown(): string {
  const rows = Object.entries(settings.shape).map(
    ([name, schema]) => `| \`${name}\` | ${defaultOf(schema)} | ${descriptionOf(name, schema)} |`,
  );
  return [
    "# Settings",
    "",
    INTRODUCTION,
    "",
    "| Setting | Default | Meaning |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function defaultOf(schema: z.ZodType): string {
  const result = schema.safeParse(undefined);
  if (!result.success) {
    return "**required**";
  }
  if (result.data === undefined || (Array.isArray(result.data) && result.data.length === 0)) {
    return "";
  }
  return typeof result.data === "object"
    ? "built in"
    : `\`${JSON.stringify(result.data).replaceAll('"', "")}\``;
}

function descriptionOf(name: string, schema: z.ZodType): string {
  if (schema.description === undefined) {
    throw new Error(`The setting ${name} has no description.`);
  }
  return schema.description.replaceAll("|", "\\|");
}
