import { HostError } from "../host-error.ts";

export type Settings = Readonly<Record<string, string | undefined>>;

type Json = Readonly<Record<string, unknown>>;

/**
 * Replaces `%NAME%` by the setting of that name in every text of a value.
 *
 * @throws {@link HostError} `setting-missing`
 */
export function resolveReferences(value: Json, settings: Settings): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, resolveMember(member, settings)]),
  );
}

function resolveMember(member: unknown, settings: Settings): unknown {
  if (typeof member === "string") {
    return member.replaceAll(/%([^%\s]+)%/g, (reference, name: string) => {
      const setting = settings[name];
      if (setting === undefined) {
        throw new HostError("setting-missing", `'${reference}' does not resolve to a value. Set ${name}.`);
      }
      return setting;
    });
  }
  if (Array.isArray(member)) {
    return member.map((item: unknown) => resolveMember(item, settings));
  }
  return isJson(member) ? resolveReferences(member, settings) : member;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
