import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { type DroppedName, settingsNames } from "./dropped-name.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Of a batch: `defaults`, `output`, `notify` and `mode`. */
export type DropSettings = Readonly<Record<"defaults" | "output" | "notify", Fields | undefined>> & {
  readonly mode: unknown;
};

const NO_SETTINGS: DropSettings = {
  defaults: undefined,
  output: undefined,
  notify: undefined,
  mode: undefined,
};

/**
 * Reads the nearest `_defaults.json`: fields of a synthesis, with `output`, `notify` and `mode` beside them.
 *
 * @throws {@link ServiceError} `drop-file-invalid`.
 */
export async function readSettings(blobs: BlobStore, name: DroppedName): Promise<DropSettings> {
  for (const settingsName of settingsNames(name)) {
    const found = await blobs.read({ container: "drop", name: settingsName });
    if (found !== undefined) {
      const { output, notify, mode, ...defaults } = fieldsOf(await new Response(found.body).text());
      return { defaults, output: asFields(output), notify: asFields(notify), mode };
    }
  }
  return NO_SETTINGS;
}

/** What the file says goes before what its folder says. */
export function mergedSettings(folder: DropSettings, file: Fields, isTimed: boolean): Fields {
  const timed = isTimed ? { defaults: { format: "wav" }, output: { concatenate: true } } : NO_SETTINGS;
  const notify = asFields(file["notify"]) ?? folder.notify;
  const mode = file["mode"] ?? folder.mode;
  return {
    defaults: { ...timed.defaults, ...folder.defaults, ...asFields(file["defaults"]) },
    output: { ...folder.output, ...asFields(file["output"]), ...timed.output },
    ...(notify !== undefined && { notify }),
    ...(mode !== undefined && { mode }),
  };
}

function fieldsOf(text: string): Fields {
  try {
    const fields = asFields(JSON.parse(text));
    if (fields !== undefined) {
      return fields;
    }
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable();
}

function unreadable(cause?: unknown): ServiceError {
  return new ServiceError("drop-file-invalid", "The _defaults.json of this folder is not a JSON object.", {
    cause,
  });
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
