import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { CleanupStack } from "./stack/cleanup-stack.ts";
import { APP_DIRECTORY } from "./stack/start-app-host.ts";
import { dataDirectoryOf, portOf } from "./stack/stack-place.ts";
import { startParts } from "./stack/start-parts.ts";

// The bundle under Azure Functions Core Tools, with the stand-ins: `npm run build && npm run start:func`.

const TABLE_PORT_OFFSET = 9;

const port = portOf(process.env);
const dataDirectory = dataDirectoryOf(process.env);
const cleanup = new CleanupStack();

try {
  const { settings } = await startParts({ port, dataDirectory, withFaults: false }, cleanup);
  const tableEndpoint = startTables(port + TABLE_PORT_OFFSET);
  const code = await runCoreTools({
    ...settings,
    AzureWebJobsStorage: `${settings["AzureWebJobsStorage"] ?? ""};TableEndpoint=${tableEndpoint}`,
    FUNCTIONS_WORKER_RUNTIME: "node",
    // Azurite sends no events.
    DROP_TRIGGER_SOURCE: "LogsAndContainerScan",
  });
  await cleanup.close();
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await cleanup.close();
  process.exit(1);
}

/** The Durable extension of the real host keeps its history in tables, which our own host does without. */
function startTables(tablePort: number): string {
  const azurite = createRequire(import.meta.url).resolve("azurite/dist/src/table/main.js");
  const child = spawn(
    process.execPath,
    [
      azurite,
      "--silent",
      "--tablePort",
      String(tablePort),
      "--location",
      path.resolve(dataDirectory, "tables"),
    ],
    { stdio: "ignore" },
  );
  cleanup.add({
    close: async () => {
      child.kill();
    },
  });
  return `http://127.0.0.1:${tablePort}/devstoreaccount1`;
}

/**
 * Ctrl-C reaches Core Tools as well, which ends by itself.
 *
 * @throws Error when Core Tools are not installed.
 */
async function runCoreTools(environment: Readonly<Record<string, string>>): Promise<number> {
  process.on("SIGINT", () => undefined);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn("func", ["start", "--port", String(port)], {
    cwd: APP_DIRECTORY,
    env: { ...environment, ...process.env },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  child.once("error", () =>
    reject(
      new Error(
        "Azure Functions Core Tools 4 are not installed: `func` was not found. `npm install --global azure-functions-core-tools@4`",
      ),
    ),
  );
  child.once("exit", (code) => resolve(code ?? 0));
  return promise;
}
