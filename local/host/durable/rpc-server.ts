import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface RpcServer {
  readonly port: number;
  close(): void;
}

/** Listens on a free port of the loop-back interface. */
export async function startRpcServer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<RpcServer> {
  const server: Server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("The RPC server has no port.");
  }
  return {
    port: address.port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
