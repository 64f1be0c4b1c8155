import type { StandInControl } from "../faults/control.ts";
import { startStandIn } from "../stand-in/server.ts";
import { CosmosHandler } from "./cosmos-handler.ts";
import type { CosmosCredentials } from "./http/authorization.ts";
import { DatabaseFile } from "./resources/database-file.ts";

/** The well-known key of Microsoft's own emulator. */
export const EMULATOR_KEY =
  "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

export interface CosmosOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Made if absent. Default: all is kept in memory and ends with the process. */
  readonly dataDirectory?: string;
  /** Base64. Default: {@link EMULATOR_KEY}. */
  readonly key?: string;
  /** Default: tokens of Entra ID are refused. */
  readonly acceptsToken?: CosmosCredentials["acceptsToken"];
  /** Milliseconds since 1970; decides about time to live. Default: the system's clock. */
  readonly now?: () => number;
  /** Default: no faults. */
  readonly control?: StandInControl;
  /** Hears of bugs of the stand-in. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningCosmos {
  /** The endpoint for `@azure/cosmos`. */
  readonly url: string;
  readonly key: string;
  close(): Promise<void>;
}

export async function start(options: CosmosOptions): Promise<RunningCosmos> {
  const { port, key = EMULATOR_KEY, acceptsToken, control, onError, now = Date.now } = options;
  const file = new DatabaseFile(options.dataDirectory);
  const credentials = { key, ...(acceptsToken && { acceptsToken }) };
  const handler = new CosmosHandler({ file, credentials, now, control });
  const server = await startStandIn({ port, handlers: [handler], ...(onError && { onError }) });
  return {
    url: server.url,
    key,
    close: async () => {
      await server.close();
      file.close();
    },
  };
}
