import type { StandInControl } from "../faults/control.ts";
import { startStandIn } from "../stand-in/server.ts";
import type { RunningStandIn } from "../stand-in/server.ts";
import { translatorHandler } from "./translator-handler.ts";

export interface StartTranslatorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly key: string;
  readonly control: StandInControl;
}

export function startTranslator({ port, key, control }: StartTranslatorOptions): Promise<RunningStandIn> {
  return startStandIn({ port, handlers: [translatorHandler({ credentials: { key }, control })] });
}
