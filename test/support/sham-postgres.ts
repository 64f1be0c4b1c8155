import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** Class 28 of PostgreSQL: a wrong password. */
const REFUSAL = "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0";
/** AuthenticationOk, then ReadyForQuery. */
const WELCOME = Buffer.from("R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", "latin1");
/** CommandComplete of BEGIN, then ReadyForQuery inside of a transaction. */
const BEGUN = Buffer.from("C\0\0\0\x0aBEGIN\0Z\0\0\0\x05T", "latin1");

export interface ShamPostgres {
  readonly url: string;
  close(): Promise<void>;
}

/** A server that answers whoever starts a session as PostgreSQL answers a wrong password. */
export function startRefusingPostgres(): Promise<ShamPostgres> {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + REFUSAL.length);
  const refusal = Buffer.concat([Buffer.from("E"), length, Buffer.from(REFUSAL, "latin1")]);
  return startSham((socket) => {
    socket.once("data", () => socket.end(refusal));
  });
}

/** A server that lets everybody in and begins a transaction, and is gone at the query after that. */
export function startDroppingPostgres(): Promise<ShamPostgres> {
  return startSham((socket) => answerInTurn(socket, [WELCOME, BEGUN]));
}

async function startSham(serve: (socket: Socket) => void): Promise<ShamPostgres> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://postgres:any@127.0.0.1:${port}/postgres?sslmode=disable`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Hangs up at the message for which there is no answer. */
function answerInTurn(socket: Socket, [answer, ...rest]: readonly Buffer[]): void {
  socket.once("data", () => {
    if (answer === undefined) {
      socket.destroy();
    } else {
      socket.write(answer);
      answerInTurn(socket, rest);
    }
  });
}
