import type { HostClock } from "../../clock.ts";
import { EventType, UNNUMBERED, type TimerFired } from "../protocol/history-event.ts";
import type { ScheduledTimer } from "../store/timer-table.ts";

/** Wakes orchestrations when their timers are due. */
export class TimerService {
  readonly #clock: HostClock;
  readonly #fire: (timer: ScheduledTimer) => void;
  readonly #cancels = new Map<string, Map<ScheduledTimer, () => void>>();

  constructor(clock: HostClock, fire: (timer: ScheduledTimer) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  arm(timer: ScheduledTimer): void {
    const ofInstance = this.#cancels.get(timer.instanceId) ?? new Map<ScheduledTimer, () => void>();
    this.#cancels.set(timer.instanceId, ofInstance);
    const cancel = this.#clock.at(timer.fireAtMs, () => {
      ofInstance.delete(timer);
      if (ofInstance.size === 0) {
        this.#cancels.delete(timer.instanceId);
      }
      this.#fire(timer);
    });
    ofInstance.set(timer, cancel);
  }

  cancelAllOf(instanceId: string): void {
    const ofInstance = this.#cancels.get(instanceId);
    this.#cancels.delete(instanceId);
    for (const cancel of ofInstance?.values() ?? []) {
      cancel();
    }
  }

  stop(): void {
    for (const instanceId of this.#cancels.keys()) {
      this.cancelAllOf(instanceId);
    }
  }
}

export function timerFired(timer: ScheduledTimer, nowMs: number): TimerFired {
  return {
    EventType: EventType.TimerFired,
    EventId: UNNUMBERED,
    TimerId: timer.timerId,
    FireAt: new Date(timer.fireAtMs).toISOString(),
    Timestamp: new Date(nowMs).toISOString(),
  };
}
