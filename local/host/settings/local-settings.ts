import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { HostError } from "../host-error.ts";
import { isMissingFile } from "./missing-file.ts";

const localSettingsSchema = z.object({
  /** Core Tools takes a missing member for `true`. */
  IsEncrypted: z.boolean().default(true),
  Values: z.record(z.string(), z.string()).default({}),
  Host: z
    .looseObject({ LocalHttpPort: z.number().int().optional(), CORS: z.string().optional() })
    .prefault({}),
});

export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly localHttpPort: number | undefined;
  /** Origins that Core Tools would let in by itself. */
  readonly cors: string | undefined;
}

/**
 * Reads local.settings.json; an app without one has no settings of its own.
 *
 * @throws {@link HostError} `settings-invalid`
 */
export async function readLocalSettings(appDirectory: string): Promise<LocalSettings> {
  const file = path.join(appDirectory, "local.settings.json");
  const text = await readIfPresent(file);
  if (text === undefined) {
    return { values: {}, localHttpPort: undefined, cors: undefined };
  }
  const parsed = localSettingsSchema.safeParse(parseJson(file, text));
  if (!parsed.success) {
    throw new HostError("settings-invalid", `${file} is wrong:\n${z.prettifyError(parsed.error)}`);
  }
  const { IsEncrypted: isEncrypted, Values: values, Host: host } = parsed.data;
  if (isEncrypted) {
    throw new HostError(
      "settings-invalid",
      `${file} must say "IsEncrypted": false. Encrypted values cannot be read.`,
    );
  }
  return { values, localHttpPort: host.LocalHttpPort, cors: host.CORS };
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissingFile(error)) {
      return undefined;
    }
    throw error;
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HostError("settings-invalid", `${file} is not JSON: ${String(error)}`, error);
  }
}
