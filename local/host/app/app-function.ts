import type { FunctionCallback, FunctionMetadata } from "../core/protocol.ts";
import type { RetryPolicy } from "./retry-policy.ts";

export interface HttpTrigger {
  readonly kind: "http";
  readonly bindingName: string;
  /** Upper case. */
  readonly methods: readonly string[];
  /** Template without the route prefix. */
  readonly route: string;
}

export interface TimerTrigger {
  readonly kind: "timer";
  readonly bindingName: string;
  /** NCRONTAB expression or time span. */
  readonly schedule: string;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
}

export interface BlobTrigger {
  readonly kind: "blob";
  readonly bindingName: string;
  /** `container/pattern`, where the pattern may hold `{placeholders}`. */
  readonly path: string;
  /** Name of the setting that holds the connection string. */
  readonly connection: string;
  readonly source: "EventGrid" | "LogsAndContainerScan";
  /** Whether the function gets a reference to the blob in place of its content. */
  readonly sdkBinding: boolean;
}

export interface OrchestrationTrigger {
  readonly kind: "orchestration";
  readonly bindingName: string;
}

export interface ActivityTrigger {
  readonly kind: "activity";
  readonly bindingName: string;
}

export type Trigger = HttpTrigger | TimerTrigger | BlobTrigger | OrchestrationTrigger | ActivityTrigger;

/** One function of the app, checked and with its settings resolved. */
export interface AppFunction<Kind extends Trigger = Trigger> {
  readonly name: string;
  readonly trigger: Kind;
  /** Names of the inputs that want a Durable client. */
  readonly durableClients: readonly string[];
  readonly retry: RetryPolicy | undefined;
  /** As registered: the library reads it again at every invocation. */
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export function functionsOfKind<Kind extends Trigger["kind"]>(
  functions: readonly AppFunction[],
  kind: Kind,
): readonly AppFunction<Extract<Trigger, { readonly kind: Kind }>>[] {
  return functions.flatMap((fn) => (isOfKind(fn, kind) ? [fn] : []));
}

function isOfKind<Kind extends Trigger["kind"]>(
  fn: AppFunction,
  kind: Kind,
): fn is AppFunction<Extract<Trigger, { readonly kind: Kind }>> {
  return fn.trigger.kind === kind;
}
