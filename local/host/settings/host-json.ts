import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { HostError } from "../host-error.ts";
import { logLevels } from "../host-log.ts";
import { isMissingFile } from "./missing-file.ts";
import { resolveReferences, type Settings } from "./setting-references.ts";
import { timeSpanMs } from "./time-span.ts";

const levelSchema = z
  .string()
  .toLowerCase()
  .pipe(z.enum([...logLevels, "none"]));

const hostJsonSchema = z.object({
  version: z.literal("2.0"),
  /** In milliseconds; `Infinity` for "-1". */
  functionTimeout: z.string().default("00:30:00").transform(timeoutMs),
  logging: z.object({ logLevel: z.record(z.string(), levelSchema).default({}) }).prefault({}),
  extensions: z
    .object({
      http: z
        .object({
          routePrefix: z.string().default("api"),
          /** −1: no limit. */
          maxOutstandingRequests: z.number().int().default(-1),
          /** −1: no limit. */
          maxConcurrentRequests: z.number().int().default(-1),
        })
        .prefault({}),
      blobs: z
        .object({
          maxDegreeOfParallelism: z.number().int().positive().default(8),
          poisonBlobThreshold: z.number().int().positive().default(5),
        })
        .prefault({}),
      durableTask: z.object({ hubName: z.string().default("TestHubName") }).prefault({}),
    })
    .prefault({}),
});

export type HostJson = z.infer<typeof hostJsonSchema>;

function timeoutMs(text: string, context: z.RefinementCtx<string>): number {
  const durationMs = text === "-1" ? Number.POSITIVE_INFINITY : timeSpanMs(text);
  if (durationMs === undefined) {
    context.addIssue(`"${text}" is neither a time span "hh:mm:ss" nor "-1"`);
    return z.NEVER;
  }
  return durationMs;
}

/** Overrides a member of host.json: `AzureFunctionsJobHost__extensions__http__routePrefix`. */
const OVERRIDE_PREFIX = "AzureFunctionsJobHost__";

/** @throws {@link HostError} `app-invalid`, `setting-missing` */
export async function readHostJson(appDirectory: string, settings: Settings): Promise<HostJson> {
  const file = path.join(appDirectory, "host.json");
  const stored = jsonObjectSchema.safeParse(parseJson(file, await readText(file)));
  if (!stored.success) {
    throw new HostError("app-invalid", `${file} must hold a JSON object.`);
  }
  const merged = withOverrides(resolveReferences(stored.data, settings), settings);
  const parsed = hostJsonSchema.safeParse(merged);
  if (!parsed.success) {
    throw new HostError("app-invalid", `${file} is wrong:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

const jsonObjectSchema = z.record(z.string(), z.unknown());

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissingFile(error)) {
      throw new HostError(
        "app-invalid",
        `${file} does not exist. A folder with host.json and package.json is an app.`,
      );
    }
    throw error;
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HostError("app-invalid", `${file} is not JSON: ${String(error)}`, error);
  }
}

function withOverrides(hostJson: Readonly<Record<string, unknown>>, settings: Settings): unknown {
  const overrides = Object.entries(settings).flatMap(([name, value]) =>
    name.startsWith(OVERRIDE_PREFIX) && value !== undefined
      ? [{ path: name.slice(OVERRIDE_PREFIX.length).split("__"), value: scalarOf(value) }]
      : [],
  );
  return overrides.reduce<unknown>(
    (json, { path: members, value }) => setMember(json, members, value),
    hostJson,
  );
}

function setMember(json: unknown, members: readonly string[], value: unknown): unknown {
  const [first, ...rest] = members;
  if (first === undefined) {
    return value;
  }
  const object = jsonObjectSchema.catch({}).parse(json);
  return { ...object, [first]: setMember(object[first], rest, value) };
}

function scalarOf(text: string): unknown {
  return /^(-?\d+|true|false)$/.test(text) ? JSON.parse(text) : text;
}
