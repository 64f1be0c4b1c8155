import type { Speak } from "../synthesis/speak.ts";
import type { FairGate } from "./fair-gate.ts";

/** The same use case, a place at the gate for each synthesis: principals take turns, however much each of them has. */
export function takeTurns(speak: Speak, gate: FairGate): Speak {
  return async (principal, request, signal) => {
    const release = await gate.enter(principal.id, signal);
    try {
      return await speak(principal, request, signal);
    } finally {
      release();
    }
  };
}
