import * as z from "zod";
import type { Failure, FailureDetails } from "./history-event.ts";

/**
 * What the trigger of an activity function carries for the input in a history (a JSON array of one element). A boolean
 * arrives as the text "True" or "False", as .NET writes it; null as nothing.
 */
export function activityInputText(input: string): string | undefined {
  const [value]: readonly unknown[] = z.array(z.unknown()).parse(JSON.parse(input));
  if (value === null || value === undefined) {
    return undefined;
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What an activity returned, as the JSON text of a history. Bytes become base64; what JSON cannot say, null. */
export function activityResultText(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  return JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value) ?? null;
}

/** The message of an error for which the app registered properties: `setExceptionPropertiesProvider` of the SDK. */
const describedError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  isNonRetriable: z.boolean().default(false),
  properties: z.record(z.string(), z.unknown()),
  stackTrace: z.string().nullish().default(null),
});

/** What an activity threw, as the history records it. */
export function activityFailure(activityName: string, thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const details = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const described = failureDetailsIn(message);
  return {
    Reason: `Activity function '${activityName}' failed: ${described?.ErrorMessage ?? message}`,
    Details: details,
    ...(described === undefined ? {} : { FailureDetails: described }),
  };
}

function failureDetailsIn(message: string): FailureDetails | undefined {
  if (!message.startsWith("{")) {
    return undefined;
  }
  const parsed = describedErrorText.safeParse(message);
  if (!parsed.success) {
    return undefined;
  }
  const { errorType, errorMessage, stackTrace, isNonRetriable, properties } = parsed.data;
  return {
    ErrorType: errorType,
    ErrorMessage: errorMessage,
    StackTrace: stackTrace,
    IsNonRetriable: isNonRetriable,
    Properties: properties,
    InnerFailure: null,
  };
}

const describedErrorText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("no JSON");
      return z.NEVER;
    }
  })
  .pipe(describedError);
