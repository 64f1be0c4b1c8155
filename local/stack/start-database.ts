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

/** The Cosmos DB stand-in, or PostgreSQL where it was asked for, or the server that runs already. */
export async function startDatabase(
  { port, dataDirectory, usesPostgres, databaseUrl }: StackOptions,
  control: StandInControl,
  onError: (error: unknown) => void,
): Promise<RunningDatabase> {
  if (databaseUrl !== undefined) {
    return {
      name: "Postgres",
      url: withoutPassword(databaseUrl),
      settings: { DATABASE_URL: databaseUrl },
      close: async () => undefined,
    };
  }
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

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = "";
  return url.href;
}
