import path from "node:path";
import { startHost } from "../host/start-host.ts";

const [port, dataDirectory] = process.argv.slice(2);

// Ctrl-C reaches every process of the terminal; the parent decides when this one ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

try {
  const host = await startHost({
    appDirectory: path.resolve(import.meta.dirname, "../.."),
    entry: "src/main.ts",
    port: Number(port),
    dataDirectory: path.join(path.resolve(dataDirectory ?? ".local"), "host"),
  });
  process.once("disconnect", () => {
    void host.close().finally(() => process.exit(0));
  });
  process.send?.({ kind: "ready", url: host.url, listing: host.listing() });
} catch (error) {
  process.send?.({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  process.disconnect();
  process.exitCode = 1;
}
