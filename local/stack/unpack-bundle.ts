import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface UnpackedBundle {
  readonly directory: string;
  close(): Promise<void>;
}

/**
 * Lays out what is deployed in a folder of its own, where no installed package can stand in for one that the bundle
 * lacks.
 *
 * @throws Error when there is no bundle yet.
 */
export async function unpackBundle(appDirectory: string): Promise<UnpackedBundle> {
  const directory = await mkdtemp(path.join(tmpdir(), "voice-cloning-bundle-"));
  const close = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await cp(path.join(appDirectory, "dist"), directory, { recursive: true });
  } catch (error) {
    await close();
    throw new Error("There is no bundle in dist/: run `npm run build` first.", { cause: error });
  }
  return { directory, close };
}
