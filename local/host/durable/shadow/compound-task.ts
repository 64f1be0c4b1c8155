import { FAILED, SUCCEEDED, ShadowTask } from "./shadow-task.ts";

/** Settles when all have settled, even after the first has failed. */
export function whenAll(tasks: readonly ShadowTask[]): ShadowTask {
  const all = new ShadowTask();
  for (const task of tasks) {
    task.whenSettled(() => {
      if (tasks.every(({ outcome }) => outcome !== undefined)) {
        all.settle(tasks.every(({ outcome }) => outcome?.succeeded) ? SUCCEEDED : FAILED);
      }
    });
  }
  return all;
}

/** Settles with the first that settles, however it ended. */
export function whenAny(tasks: readonly ShadowTask[]): ShadowTask {
  const any = new ShadowTask();
  for (const task of tasks) {
    task.whenSettled(() => {
      any.settle(SUCCEEDED);
    });
  }
  return any;
}
