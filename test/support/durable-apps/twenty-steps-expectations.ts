import { DatabaseSync } from "node:sqlite";

/** What the twenty steps return when nothing is lost and nothing counts twice. */
export const EXPECTED_RESULTS = Array.from({ length: 20 }, (_, step) => {
  const kinds = ["activity", "retry", "all", "child", "timer"];
  const kind = kinds[step % 5];
  return kind === "all" ? `a${step}+b${step}+c${step}` : `${kind}${step}`;
});

/** Every activity, with how often it runs when nothing goes wrong. */
export const EXPECTED_EFFECTS = new Map(
  EXPECTED_RESULTS.filter((result) => !result.startsWith("timer")).flatMap((result) =>
    result.split("+").map((step) => [step, step.startsWith("retry") ? 2 : 1] as const),
  ),
);

export interface Leftovers {
  readonly instances: number;
  /** Rows that nobody will ever read again. */
  readonly pending: number;
  /** Sequence ids that occur twice among what was scheduled, or among the outcomes, of one orchestration. */
  readonly doubled: readonly string[];
}

/** Looks into the file of a closed store. */
export function leftoversIn(databaseFile: string): Leftovers {
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  try {
    const count = (table: string): number =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
    const rows = database.prepare("SELECT instance_id, events FROM history").all();
    const ids = rows.flatMap((row) => {
      const events = JSON.parse(String(row["events"])) as readonly NumberedEvent[];
      return events.flatMap((event) =>
        numbersOf(event).map((number) => `${String(row["instance_id"])} ${number}`),
      );
    });
    const unique = new Set(ids);
    return {
      instances: count("instances"),
      pending: count("inbox") + count("activities") + count("timers"),
      doubled: ids.filter((id) => !unique.delete(id)),
    };
  } finally {
    database.close();
  }
}

interface NumberedEvent {
  readonly EventType: number;
  readonly EventId: number;
  readonly TaskScheduledId?: number;
  readonly TimerId?: number;
}

const EXECUTION_COMPLETED = 1;

function numbersOf({ EventType, EventId, TaskScheduledId, TimerId }: NumberedEvent): string[] {
  const outcome = TaskScheduledId ?? TimerId;
  if (outcome !== undefined) {
    return [`outcome of ${outcome}`];
  }
  return EventId >= 0 && EventType !== EXECUTION_COMPLETED ? [`scheduled ${EventId}`] : [];
}
