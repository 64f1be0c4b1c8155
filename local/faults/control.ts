import { CallCounter } from "./call-counter.ts";
import { FaultRegistry } from "./fault-registry.ts";

/** What tests steer and ask: one for all stand-ins of a stack. */
export interface StandInControl {
  readonly faults: FaultRegistry;
  readonly calls: CallCounter;
}

/** @param now milliseconds since 1970. */
export function createControl(now: () => number = Date.now): StandInControl {
  return { faults: new FaultRegistry(now), calls: new CallCounter() };
}
