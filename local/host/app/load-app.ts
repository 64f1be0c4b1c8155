import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import Module from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { HostError } from "../host-error.ts";

const packageSchema = z.object({
  main: z.string().optional(),
  type: z.enum(["module", "commonjs"]).optional(),
});

type Package = z.infer<typeof packageSchema>;

export interface AppSource {
  readonly appDirectory: string;
  /** File or glob to load instead of `main` of package.json, relative to the app's directory. */
  readonly entry?: string | undefined;
}

/**
 * Imports every file that matches `main`, which is a glob on Azure too.
 *
 * @throws {@link HostError} `app-not-loaded`
 */
export async function loadApp(source: AppSource): Promise<void> {
  const manifest = await readPackage(source.appDirectory);
  const entry = source.entry ?? manifest.main;
  if (entry === undefined) {
    throw new HostError("app-not-loaded", `package.json in ${source.appDirectory} has no "main".`);
  }
  const files = globSync(entry, { cwd: source.appDirectory }).toSorted();
  if (files.length === 0) {
    throw new HostError(
      "app-not-loaded",
      `Worker was unable to load entry point "${entry}": File does not exist. Build the app, or correct "main" in package.json.`,
    );
  }
  for (const file of files) {
    await loadFile(path.resolve(source.appDirectory, file), manifest);
  }
}

async function readPackage(appDirectory: string): Promise<Package> {
  const file = path.join(appDirectory, "package.json");
  try {
    return packageSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw new HostError("app-not-loaded", `${file} cannot be read: ${String(error)}`, error);
  }
}

async function loadFile(file: string, manifest: Package): Promise<void> {
  try {
    if (isModule(file, manifest)) {
      await import(pathToFileURL(file).href);
    } else {
      Module.createRequire(file)(file);
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new HostError(
      "app-not-loaded",
      `Worker was unable to load entry point "${file}": ${reason}`,
      error,
    );
  }
}

function isModule(file: string, manifest: Package): boolean {
  const extension = path.extname(file);
  return extension.startsWith(".m") || (!extension.startsWith(".c") && manifest.type === "module");
}
