import type { LoadedApp } from "./app/start-app.ts";
import type { HostOptions } from "./functions-host.ts";
import type { WriteLog } from "./host-log.ts";
import type { PublicServer } from "./http/public-server.ts";
import type { HostJson } from "./settings/host-json.ts";
import type { Settings } from "./settings/setting-references.ts";

/** What stands once the app is loaded. */
export interface HostGround {
  readonly app: LoadedApp;
  readonly hostJson: HostJson;
  readonly log: WriteLog;
  /** With absolute directories. */
  readonly options: HostOptions;
  readonly port: number;
  readonly server: PublicServer;
  readonly settings: Settings;
}
