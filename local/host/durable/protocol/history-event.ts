/** The numbers that stand for events in a history. */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionFailed: 2,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
  ContinueAsNew: 16,
  GenericEvent: 17,
  HistoryState: 18,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

type TypeOf<Name extends keyof typeof EventType> = (typeof EventType)[Name];

/** `EventId` of every event that is not something the orchestrator scheduled. */
export const UNNUMBERED = -1;

interface Stamped {
  /** The sequence id of what was scheduled, otherwise {@link UNNUMBERED}. */
  readonly EventId: number;
  /** ISO 8601, UTC. */
  readonly Timestamp: string;
}

export interface InstanceReference {
  readonly InstanceId: string;
  readonly ExecutionId: string;
}

/** What a child orchestration knows of the task of its parent that waits for it. */
export interface ParentInstance {
  readonly Name: string;
  readonly OrchestrationInstance: InstanceReference;
  readonly TaskScheduleId: number;
  readonly Version: string;
}

/** The structured form of an error that crosses from an activity or a child to an orchestrator. */
export interface FailureDetails {
  readonly ErrorType?: string | null;
  readonly ErrorMessage?: string | null;
  readonly StackTrace?: string | null;
  readonly IsNonRetriable?: boolean | null;
  readonly Properties?: Readonly<Record<string, unknown>> | null;
  readonly InnerFailure?: FailureDetails | null;
}

export interface Failure {
  readonly Reason: string;
  readonly Details: string;
  readonly FailureDetails?: FailureDetails;
}

export interface ExecutionStarted extends Stamped {
  readonly EventType: TypeOf<"ExecutionStarted">;
  readonly OrchestrationInstance: InstanceReference;
  readonly ParentInstance: ParentInstance | null;
  readonly Name: string;
  readonly Version: string;
  /** JSON text. */
  readonly Input: string | null;
  readonly Tags: null;
}

export interface ExecutionCompleted extends Stamped {
  readonly EventType: TypeOf<"ExecutionCompleted">;
  readonly OrchestrationStatus: number;
  readonly Result: string | null;
}

export interface ExecutionTerminated extends Stamped {
  readonly EventType: TypeOf<"ExecutionTerminated">;
  /** The reason, as plain text. */
  readonly Input: string;
}

export interface TaskScheduled extends Stamped {
  readonly EventType: TypeOf<"TaskScheduled">;
  readonly Name: string;
  readonly Version: string;
  /** A JSON array of one element. */
  readonly Input: string;
}

export interface TaskCompleted extends Stamped {
  readonly EventType: TypeOf<"TaskCompleted">;
  readonly TaskScheduledId: number;
  /** JSON text. */
  readonly Result: string | null;
}

export interface TaskFailed extends Stamped, Failure {
  readonly EventType: TypeOf<"TaskFailed">;
  readonly TaskScheduledId: number;
}

export interface SubOrchestrationInstanceCreated extends Stamped {
  readonly EventType: TypeOf<"SubOrchestrationInstanceCreated">;
  readonly Name: string;
  readonly Version: string;
  readonly InstanceId: string;
  /** JSON text. */
  readonly Input: string | null;
}

export interface SubOrchestrationInstanceCompleted extends Stamped {
  readonly EventType: TypeOf<"SubOrchestrationInstanceCompleted">;
  readonly TaskScheduledId: number;
  /** JSON text. */
  readonly Result: string | null;
}

export interface SubOrchestrationInstanceFailed extends Stamped, Failure {
  readonly EventType: TypeOf<"SubOrchestrationInstanceFailed">;
  readonly TaskScheduledId: number;
}

export interface TimerCreated extends Stamped {
  readonly EventType: TypeOf<"TimerCreated">;
  /** ISO 8601, UTC. */
  readonly FireAt: string;
}

export interface TimerFired extends Stamped {
  readonly EventType: TypeOf<"TimerFired">;
  readonly TimerId: number;
  /** ISO 8601, UTC. */
  readonly FireAt: string;
}

export interface OrchestratorStarted extends Stamped {
  readonly EventType: TypeOf<"OrchestratorStarted">;
}

export interface OrchestratorCompleted extends Stamped {
  readonly EventType: TypeOf<"OrchestratorCompleted">;
}

export interface EventRaised extends Stamped {
  readonly EventType: TypeOf<"EventRaised">;
  readonly Name: string;
  /** JSON text. */
  readonly Input: string | null;
}

/** Wakes an orchestration that was rewound. */
export interface GenericEvent extends Stamped {
  readonly EventType: TypeOf<"GenericEvent">;
  readonly Data: string;
}

export interface ExecutionSuspended extends Stamped {
  readonly EventType: TypeOf<"ExecutionSuspended">;
  readonly Reason: string;
}

export interface ExecutionResumed extends Stamped {
  readonly EventType: TypeOf<"ExecutionResumed">;
  readonly Reason: string;
}

/** What others send to an orchestration: it waits in the inbox until a turn takes it into the history. */
export type Message =
  | ExecutionStarted
  | ExecutionTerminated
  | TaskCompleted
  | TaskFailed
  | SubOrchestrationInstanceCompleted
  | SubOrchestrationInstanceFailed
  | TimerFired
  | EventRaised
  | GenericEvent
  | ExecutionSuspended
  | ExecutionResumed;

export type HistoryEvent =
  | Message
  | OrchestratorStarted
  | OrchestratorCompleted
  | TaskScheduled
  | TimerCreated
  | SubOrchestrationInstanceCreated
  | ExecutionCompleted;
