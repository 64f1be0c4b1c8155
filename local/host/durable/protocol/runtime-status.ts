/** The states of an orchestration, in the order of their numbers on the wire. */
export const RUNTIME_STATUSES = [
  "Running",
  "Completed",
  "ContinuedAsNew",
  "Failed",
  "Canceled",
  "Terminated",
  "Pending",
  "Suspended",
] as const;

export type RuntimeStatus = (typeof RUNTIME_STATUSES)[number];

/** The states that an orchestration does not leave by itself. */
const FINAL_STATUSES: readonly RuntimeStatus[] = ["Completed", "Failed", "Canceled", "Terminated"];

export function isFinal(status: RuntimeStatus): boolean {
  return FINAL_STATUSES.includes(status);
}
