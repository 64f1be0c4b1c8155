import { z } from "zod";
import type { FunctionMetadata } from "../core/protocol.ts";
import type { Registration } from "../core/registrations.ts";
import { HostError } from "../host-error.ts";
import { resolveReferences, type Settings } from "../settings/setting-references.ts";
import type { AppFunction, Trigger } from "./app-function.ts";
import { retryOptionsSchema } from "./retry-policy.ts";

/** A letter first; `host` is taken. */
const FUNCTION_NAME = /^(?!host$)[a-z][\w-]{0,127}$/i;

const httpSchema = z.object({
  methods: z.array(z.string().toUpperCase()),
  route: z.string().optional(),
});

const timerSchema = z.object({
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().default(true),
});

const blobSchema = z.object({
  path: z.string(),
  connection: z.string(),
  source: z.enum(["EventGrid", "LogsAndContainerScan"]).default("LogsAndContainerScan"),
  sdkBinding: z.boolean().default(false),
});

type Binding = Readonly<Record<string, unknown>>;

/**
 * Turns registrations into functions, without those that settings disable.
 *
 * @throws {@link HostError} `function-invalid`, `function-unsupported`, `setting-missing`
 */
export function readAppFunctions(
  registrations: readonly Registration[],
  settings: Settings,
): readonly AppFunction[] {
  return registrations
    .filter(({ metadata }) => !isDisabled(metadata.name, settings))
    .map((registration) => readFunction(registration, settings))
    .toSorted((left, right) => compareNames(left.name, right.name));
}

/** Ordinal, ignoring case: the order in which Azure's host tries routes. */
function compareNames(left: string, right: string): number {
  const [upperLeft, upperRight] = [left.toUpperCase(), right.toUpperCase()];
  if (upperLeft === upperRight) {
    return 0;
  }
  return upperLeft < upperRight ? -1 : 1;
}

function isDisabled(name: string, settings: Settings): boolean {
  const value = settings[`AzureWebJobs.${name}.Disabled`] ?? settings[`AzureWebJobs_${name}_Disabled`] ?? "";
  return /^(true|1)$/i.test(value);
}

function readFunction({ metadata, callback }: Registration, settings: Settings): AppFunction {
  const { name } = metadata;
  if (!FUNCTION_NAME.test(name)) {
    throw new HostError(
      "function-invalid",
      `"${name}" is no function name: a letter, then letters, digits, "_" and "-", at most 128 in all, and not "host".`,
    );
  }
  const bindings = Object.entries(metadata.bindings).map(
    ([bindingName, binding]) => [bindingName, resolveReferences(binding, settings)] as const,
  );
  const [triggerName, trigger] = bindings.find(([, binding]) => isTrigger(binding)) ?? [];
  if (triggerName === undefined || trigger === undefined) {
    throw new HostError("function-invalid", `Function "${name}" has no trigger.`);
  }
  const others = bindings.filter(([bindingName]) => bindingName !== triggerName);
  return {
    name,
    trigger: readTrigger(metadata, triggerName, trigger),
    durableClients: readDurableClients(name, others),
    retry: metadata.retryOptions === undefined ? undefined : retryOptionsSchema.parse(metadata.retryOptions),
    metadata,
    callback,
  };
}

function readDurableClients(
  functionName: string,
  bindings: readonly (readonly [string, Binding])[],
): readonly string[] {
  return bindings.flatMap(([bindingName, binding]) => {
    switch (typeOf(binding)) {
      case "durableclient":
        return [bindingName];
      case "http":
        return [];
      default:
        throw unsupported(
          functionName,
          `the ${String(binding["direction"])}put binding "${String(binding["type"])}"`,
        );
    }
  });
}

function readTrigger(metadata: FunctionMetadata, bindingName: string, binding: Binding): Trigger {
  switch (typeOf(binding)) {
    case "httptrigger": {
      const { methods, route } = parseBinding(httpSchema, metadata, binding);
      return {
        kind: "http",
        bindingName,
        methods,
        route: route === undefined || route === "" ? metadata.name : route,
      };
    }
    case "timertrigger":
      return { kind: "timer", bindingName, ...parseBinding(timerSchema, metadata, binding) };
    case "blobtrigger":
      return { kind: "blob", bindingName, ...parseBinding(blobSchema, metadata, binding) };
    case "orchestrationtrigger":
      return { kind: "orchestration", bindingName };
    case "activitytrigger":
      return { kind: "activity", bindingName };
    default:
      throw unsupported(metadata.name, `the trigger "${String(binding["type"])}"`);
  }
}

function parseBinding<Output>(
  schema: z.ZodType<Output>,
  metadata: FunctionMetadata,
  binding: Binding,
): Output {
  const parsed = schema.safeParse(binding);
  if (!parsed.success) {
    const problems = z.prettifyError(parsed.error);
    throw new HostError(
      "function-invalid",
      `The trigger of function "${metadata.name}" is wrong:\n${problems}`,
    );
  }
  return parsed.data;
}

function unsupported(functionName: string, what: string): HostError {
  return new HostError(
    "function-unsupported",
    `Function "${functionName}" uses ${what}, which the local host does not imitate. ` +
      `Set AzureWebJobs.${functionName}.Disabled=true to run the app without it.`,
  );
}

function isTrigger(binding: Binding): boolean {
  return typeOf(binding).endsWith("trigger");
}

function typeOf(binding: Binding): string {
  return typeof binding["type"] === "string" ? binding["type"].toLowerCase() : "";
}
