import { ServiceError } from "../../domain/errors/service-error.ts";
import { DROP_FILE_TYPES, type DropFileType } from "../ports/drop-file-reader.ts";

/** Where a dropped file stands, and what it is. */
export interface DroppedName {
  readonly ownerId: string;
  /** Below the owner's folder. */
  readonly path: string;
  readonly type: DropFileType;
}

export const SETTINGS_FILE = "_defaults.json";

/** Object ids of Entra ID. */
const OWNER = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const CONTROL = /\p{Cc}/u;

/** Characters; names of blobs have at most 1,024, and a copy's name is longer than the original's. */
const MAX_NAME_LENGTH = 960;

/** Names that cannot be carried over into another container as they are. */
export function isUnusableName(name: string): boolean {
  const segments = name.split("/");
  return (
    name.includes("\\") ||
    CONTROL.test(name) ||
    name.length > MAX_NAME_LENGTH ||
    segments.some((part) => ["", ".", ".."].includes(part))
  );
}

/** The folder of whom a file with an unusable name may belong to. */
export function ownerFolderOf(name: string): string {
  const [folder = ""] = name.split(/[/\\]/);
  return OWNER.test(folder) ? folder : "unknown";
}

/** `prompts.csv` becomes `prompts.{suffix}.csv`. */
export function suffixedName(name: string, suffix: string): string {
  const dot = name.lastIndexOf(".");
  const hasExtension = dot > name.lastIndexOf("/") + 1;
  return hasExtension ? `${name.slice(0, dot)}.${suffix}${name.slice(dot)}` : `${name}.${suffix}`;
}

/** @throws {@link ServiceError} `drop-file-invalid`. */
export function droppedName(name: string): DroppedName {
  const [ownerId = "", ...rest] = name.split("/");
  const path = rest.join("/");
  if (path === "" || !OWNER.test(ownerId)) {
    throw invalid("Put the file into a folder that is named after your object id in Entra ID.");
  }
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const type = DROP_FILE_TYPES.find((each) => each === extension);
  if (type === undefined) {
    throw invalid(`Files may end in ${DROP_FILE_TYPES.map((each) => `.${each}`).join(", ")}.`);
  }
  return { ownerId, path, type };
}

/** Settings files that may hold for a file, the nearest one first. */
export function settingsNames({ ownerId, path }: DroppedName): readonly string[] {
  const folders = [ownerId, ...path.split("/").slice(0, -1)];
  return folders.map((_folder, depth) =>
    [...folders.slice(0, folders.length - depth), SETTINGS_FILE].join("/"),
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError("drop-file-invalid", message);
}
