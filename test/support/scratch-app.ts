import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";

/** Inside the project, so that an app finds its packages. */
const SCRATCH = path.join(import.meta.dirname, "../../.local");

export interface ScratchApp {
  readonly appDirectory: string;
  remove(): Promise<void>;
}

/** A copy of a sample app that a test may change. */
export async function copySampleApp(name: string): Promise<ScratchApp> {
  await mkdir(SCRATCH, { recursive: true });
  const appDirectory = await mkdtemp(path.join(SCRATCH, "app-"));
  await cp(path.join(import.meta.dirname, "host-apps", name), appDirectory, { recursive: true });
  return { appDirectory, remove: () => rm(appDirectory, { recursive: true, force: true }) };
}
