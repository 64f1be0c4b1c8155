import type { HostClock } from "../../clock.ts";
import type { DurableLogLevel } from "../engine/engine-options.ts";
import type { Orchestrations } from "../operations/orchestrations.ts";
import type { Store } from "../store/store.ts";
import type { HubAddress } from "./management-urls.ts";

/** What the handlers of the client API work with. */
export interface ClientApiContext {
  readonly orchestrations: Orchestrations;
  readonly store: Store;
  readonly clock: HostClock;
  readonly hub: HubAddress;
  readonly log: (level: DurableLogLevel, message: string) => void;
}
