import type { HostClock } from "../host/clock.ts";
import type { Durations } from "../speech/custom-voice/context.ts";

export interface StackOptions {
  /** Of the API; the stand-ins take the ports after it. 0 takes free ports for all. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Opens the endpoints that make the stand-ins fail, and lets custom voices take moments instead of seconds. */
  readonly withFaults: boolean;
  /** Starts the app again when its sources change. */
  readonly watchesSources?: boolean;
  /** Runs the bundle that `npm run build` has made, as Azure does, instead of the sources. */
  readonly runsBundle?: boolean;
  /** Keeps documents in PostgreSQL instead of Cosmos DB. */
  readonly usesPostgres?: boolean;
  /** A PostgreSQL server that runs already; no stand-in for a database starts then. */
  readonly databaseUrl?: string | undefined;
  /** How time passes for custom voices. Default: as on the machine, with durations as `withFaults` says. */
  readonly customVoiceTime?: { readonly clock: HostClock; readonly durations: Partial<Durations> };
}
