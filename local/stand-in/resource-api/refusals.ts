import type { z } from "zod";
import { Refusal } from "../refusal.ts";

export function badRequest(message: string): Refusal {
  return new Refusal({ status: 400, code: "BadRequest" }, message);
}

/** A request whose arguments are wrong, in the words and the nesting of the real service. */
export function badArgument(target: string, message: string): Refusal {
  return badArguments([{ target, message }]);
}

export function badArguments(
  problems: readonly { readonly target: string; readonly message: string }[],
): Refusal {
  return new Refusal({ status: 400, code: "BadRequest" }, "One or more validation errors occurred.", {
    details: problems.map((problem) => ({ code: "BadArgument", ...problem })),
  });
}

export function notFound(kind: string, id: string): Refusal {
  return new Refusal({ status: 404, code: "NotFound" }, `The ${kind} "${id}" does not exist.`);
}

/** What the real service does here is not documented; 409 is this stand-in's strict stance. */
export function conflict(message: string): Refusal {
  return new Refusal({ status: 409, code: "Conflict" }, message);
}

export function tooManyRequests(message: string): Refusal {
  return new Refusal({ status: 429, code: "TooManyRequests" }, message);
}

/** @throws {@link Refusal} 400 that names every wrong property. */
export function parseArguments<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw badArguments(
      parsed.error.issues.map(({ path, message }) => {
        const target = path.map(String).join(".");
        const isMissing = message.endsWith("received undefined");
        return { target, message: isMissing ? `The ${target} field is required.` : message };
      }),
    );
  }
  return parsed.data;
}
