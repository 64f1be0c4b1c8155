import { once } from "node:events";
import { createServer } from "node:net";

/** A stack takes its first port and the eight after it. */
const PORTS = 9;

/** Below the range from which systems give out ports by themselves (Linux: from 32768): nobody else takes one by chance. */
const FIRST_PORT = 20_000;
const BLOCKS = 1000;

/**
 * Finds nine free ports in a row, for a stack whose addresses must outlive its processes: links to blobs name the port of
 * the storage account, and in Azure that account does not move.
 */
export async function freePortBlock(): Promise<number> {
  for (let attempt = 0; attempt < BLOCKS; attempt += 1) {
    const port = FIRST_PORT + ((process.pid + attempt) % BLOCKS) * PORTS;
    const ports = Array.from({ length: PORTS }, (_, offset) => port + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) {
      return port;
    }
  }
  throw new Error("There are no nine free ports in a row.");
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
