import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Class 28 of PostgreSQL: a wrong password. */
const REFUSAL = "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0";

export interface RefusingPostgres {
  readonly url: string;
  close(): Promise<void>;
}

/** A server that answers whoever starts a session as PostgreSQL answers a wrong password. */
export async function startRefusingPostgres(): Promise<RefusingPostgres> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(4 + REFUSAL.length);
      socket.end(Buffer.concat([Buffer.from("E"), length, Buffer.from(REFUSAL, "latin1")]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://postgres:former@127.0.0.1:${port}/postgres?sslmode=disable`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
