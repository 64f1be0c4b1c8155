import { start as startCosmos } from "../cosmos/start.ts";
import type { StandInControl } from "../faults/control.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import type { StackOptions } from "./stack-options.ts";

export interface RunningDatabase {
  /** For people. */
  readonly name: string;
  readonly url: string;
  /** What the app needs to reach it. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The Cosmos DB stand-in, or PostgreSQL where it was asked for. */
export async function startDatabase(
  { port, dataDirectory, usesPostgres }: StackOptions,
  control: StandInControl,
  onError: (error: unknown) => void,
): Promise<RunningDatabase> {
  if (usesPostgres === true) {
    const postgres = await startPostgres({ port, dataDirectory });
    return {
      name: "Postgres",
      url: postgres.url,
      settings: { DATABASE_URL: postgres.url },
      close: () => postgres.close(),
    };
  }
  const cosmos = await startCosmos({ port, dataDirectory, control, onError });
  return {
    name: "Cosmos",
    url: cosmos.url,
    settings: { COSMOS_DB_ENDPOINT: cosmos.url, COSMOS_DB_KEY: cosmos.key },
    close: () => cosmos.close(),
  };
}
