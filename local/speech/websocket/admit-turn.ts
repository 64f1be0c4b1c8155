import { setTimeout as delay } from "node:timers/promises";
import type { StandInControl } from "../../faults/control.ts";
import type { FaultFacts } from "../../faults/fault-registry.ts";
import { SPEECH_SERVICE } from "../speech-service.ts";
import { CLOSE_REASONS, TurnRefusal } from "./turn-refusal.ts";

const OPERATION = "synthesizeTurn";

export interface TurnAdmission {
  /** False leaves the client without any answer, on an open connection. */
  readonly isAnswered: boolean;
  /** Bytes of audio after which the connection is to break. */
  readonly cutAfterBytes: number;
}

/**
 * Counts a turn and acts out the faults that concern it.
 *
 * @throws {@link TurnRefusal} for a fault that closes the connection.
 */
export async function admitTurn(
  control: StandInControl,
  voice: string,
  signal: AbortSignal,
): Promise<TurnAdmission> {
  control.calls.add({ service: SPEECH_SERVICE, operation: OPERATION });
  const facts = { service: SPEECH_SERVICE, operation: OPERATION, voice };
  const latency = control.faults.take(facts, ["latency"]);
  if (latency !== undefined) {
    await delay(latency.latencyMs, undefined, { signal });
  }
  throwRefusal(control, facts);
  const silence = control.faults.take(facts, ["silence", "lose-answer"]);
  const cut = control.faults.take(facts, ["cut"]);
  return { isAnswered: silence === undefined, cutAfterBytes: cut?.afterBytes ?? Number.POSITIVE_INFINITY };
}

function throwRefusal({ faults }: StandInControl, facts: FaultFacts): void {
  const close = faults.take(facts, ["close"]);
  if (close !== undefined) {
    throw new TurnRefusal(close.code, close.reason ?? CLOSE_REASONS[close.code]);
  }
  const failure = faults.take(facts, ["throttle", "status"]);
  if (failure !== undefined) {
    throw new TurnRefusal(failure.kind === "throttle" ? 4429 : 1011);
  }
}
