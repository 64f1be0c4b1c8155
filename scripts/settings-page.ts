import type { z } from "zod";
import { SECRET_SETTINGS, settings } from "../src/config.ts";

const INTRODUCTION =
  "Every setting is a variable of the environment. An empty one counts as absent; a wrong one keeps the app from " +
  "starting, and the message names it. A setting marked as a secret takes `keyvault:{name}` in place of the secret: its " +
  "value is then read from the Key Vault of `KEY_VAULT_URI`, and read again while the app runs.";

/** docs/settings.md: a row for every setting of the schema. */
export function settingsMarkdown(): string {
  const rows = Object.entries(settings.shape).map(
    ([name, schema]) =>
      `| \`${name}\` | ${SECRET_SETTINGS.includes(name) ? "yes" : ""} | ${defaultOf(schema)} | ${descriptionOf(name, schema)} |`,
  );
  return [
    "# Settings",
    "",
    INTRODUCTION,
    "",
    "| Setting | Secret | Default | Meaning |",
    "| --- | --- | --- | --- |",
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
