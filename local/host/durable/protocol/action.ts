import * as z from "zod";

/** The numbers that stand for the actions an orchestrator answers with. */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  ScheduledSignalEntity: 10,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

/** Times in milliseconds; what is not limited is infinite. */
export interface RetryPolicy {
  readonly firstRetryIntervalMs: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient: number;
  readonly maxRetryIntervalMs: number;
  readonly retryTimeoutMs: number;
}

/** One thing that an orchestrator asks for. */
export type Action =
  | {
      readonly kind: "activity";
      readonly name: string;
      readonly input: unknown;
      readonly retry: RetryPolicy | undefined;
    }
  | {
      readonly kind: "sub-orchestration";
      readonly name: string;
      readonly instanceId: string | undefined;
      readonly version: string;
      readonly input: unknown;
      readonly retry: RetryPolicy | undefined;
    }
  | { readonly kind: "timer"; readonly fireAtMs: number; readonly isCanceled: boolean }
  | { readonly kind: "event"; readonly eventName: string }
  | { readonly kind: "all" | "any"; readonly actions: readonly Action[] }
  | { readonly kind: "continue-as-new"; readonly input: unknown }
  | { readonly kind: "unsupported"; readonly name: string };

export type ActionOf<Kind extends Action["kind"]> = Extract<Action, { readonly kind: Kind }>;

const retryPolicy = z
  .object({
    firstRetryIntervalInMilliseconds: z.number(),
    maxNumberOfAttempts: z.number(),
    backoffCoefficient: z.number().default(1),
    maxRetryIntervalInMilliseconds: z.number().default(Infinity),
    retryTimeoutInMilliseconds: z.number().default(Infinity),
  })
  .transform((options): RetryPolicy => ({
    firstRetryIntervalMs: options.firstRetryIntervalInMilliseconds,
    maxNumberOfAttempts: options.maxNumberOfAttempts,
    backoffCoefficient: options.backoffCoefficient,
    maxRetryIntervalMs: options.maxRetryIntervalInMilliseconds,
    retryTimeoutMs: options.retryTimeoutInMilliseconds,
  }));

const activity = z
  .object({
    actionType: z.literal([ActionType.CallActivity, ActionType.CallActivityWithRetry]),
    functionName: z.string(),
    input: z.unknown().optional(),
    retryOptions: retryPolicy.optional(),
  })
  .transform((action): Action => ({
    kind: "activity",
    name: action.functionName,
    input: action.input,
    retry: action.retryOptions,
  }));

const subOrchestration = z
  .object({
    actionType: z.literal([ActionType.CallSubOrchestrator, ActionType.CallSubOrchestratorWithRetry]),
    functionName: z.string(),
    instanceId: z.string().optional(),
    version: z.string().default(""),
    input: z.unknown().optional(),
    retryOptions: retryPolicy.optional(),
  })
  .transform((action): Action => ({
    kind: "sub-orchestration",
    name: action.functionName,
    instanceId: action.instanceId === "" ? undefined : action.instanceId,
    version: action.version,
    input: action.input,
    retry: action.retryOptions,
  }));

const timer = z
  .object({
    actionType: z.literal(ActionType.CreateTimer),
    fireAt: z.iso.datetime(),
    isCanceled: z.boolean(),
  })
  .transform((action): Action => ({
    kind: "timer",
    fireAtMs: Date.parse(action.fireAt),
    isCanceled: action.isCanceled,
  }));

const event = z
  .object({ actionType: z.literal(ActionType.WaitForExternalEvent), externalEventName: z.string() })
  .transform((action): Action => ({ kind: "event", eventName: action.externalEventName }));

const compound = z
  .object({
    actionType: z.literal([ActionType.WhenAll, ActionType.WhenAny]),
    compoundActions: z.array(z.unknown()),
  })
  .transform((action): Action => ({
    kind: action.actionType === ActionType.WhenAll ? "all" : "any",
    actions: action.compoundActions.map(parseAction),
  }));

const continueAsNew = z
  .object({ actionType: z.literal(ActionType.ContinueAsNew), input: z.unknown().optional() })
  .transform((action): Action => ({ kind: "continue-as-new", input: action.input }));

const unsupported = z
  .object({
    actionType: z.literal([
      ActionType.CallEntity,
      ActionType.CallHttp,
      ActionType.SignalEntity,
      ActionType.ScheduledSignalEntity,
      ActionType.LockEntities,
      ActionType.ReleaseEntities,
    ]),
  })
  .transform(({ actionType }): Action => {
    const name = Object.entries(ActionType).find(([, type]) => type === actionType)?.[0];
    return { kind: "unsupported", name: name ?? String(actionType) };
  });

const action = z.union([activity, timer, event, compound, subOrchestration, continueAsNew, unsupported]);

/** @throws {z.ZodError} when `value` is not an action of the protocol. */
export function parseAction(value: unknown): Action {
  return action.parse(value);
}
