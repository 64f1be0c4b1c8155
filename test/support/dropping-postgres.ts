import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** AuthenticationOk, then ReadyForQuery. */
const WELCOME = Buffer.from("R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", "latin1");
/** CommandComplete of BEGIN, then ReadyForQuery inside of a transaction. */
const BEGUN = Buffer.from("C\0\0\0\x0aBEGIN\0Z\0\0\0\x05T", "latin1");

export interface DroppingPostgres {
  readonly url: string;
  close(): Promise<void>;
}

/** A server that lets everybody in and begins a transaction, and is gone at the query after that. */
export async function startDroppingPostgres(): Promise<DroppingPostgres> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    serve(socket, [WELCOME, BEGUN]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://postgres:any@127.0.0.1:${port}/postgres?sslmode=disable`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serve(socket: Socket, answers: readonly Buffer[]): void {
  socket.once("data", () => {
    const [answer, ...rest] = answers;
    if (answer === undefined) {
      socket.destroy();
    } else {
      socket.write(answer);
      serve(socket, rest);
    }
  });
}
