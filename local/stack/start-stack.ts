import { CleanupStack } from "./cleanup-stack.ts";
import { APP_DIRECTORY, startAppHost } from "./start-app-host.ts";
import { unpackBundle } from "./unpack-bundle.ts";
import { removeStackFile, writeStackFile } from "./stack-file.ts";
import type { StackOptions } from "./stack-options.ts";
import { startParts } from "./start-parts.ts";

export interface RunningStack {
  /** Of the API. */
  readonly url: string;
  /** Name of a stand-in → its base URL. */
  readonly parts: Readonly<Record<string, string>>;
  /** The app's functions with their URLs. */
  readonly listing: string;
  close(): Promise<void>;
}

/**
 * Starts the stand-ins in this process and the Functions host with the app in one of its own, as in Azure, where the app
 * may die and start again while its stores go on.
 *
 * @throws Error that says which part cannot start, after everything that had started is closed.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const cleanup = new CleanupStack();
  try {
    return await startAll(options, cleanup);
  } catch (error) {
    await cleanup.close();
    throw error;
  }
}

async function startAll(options: StackOptions, cleanup: CleanupStack): Promise<RunningStack> {
  const { dataDirectory } = options;
  const { urls, settings } = await startParts(options, cleanup);
  const bundle = options.runsBundle === true ? cleanup.add(await unpackBundle(APP_DIRECTORY)) : undefined;
  const host = cleanup.add(
    await startAppHost({
      ...options,
      settings,
      failsOnSequenceDrift: options.withFaults,
      bundleDirectory: bundle?.directory,
    }),
  );
  await writeStackFile(dataDirectory, { processId: process.pid, url: host.url, parts: urls });
  return {
    url: host.url,
    parts: urls,
    listing: host.listing(),
    async close() {
      await cleanup.close();
      await removeStackFile(dataDirectory);
    },
  };
}
