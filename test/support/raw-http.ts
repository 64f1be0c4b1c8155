import { connect } from "node:net";

/** Sends bytes as they are. @returns what came back before the server ended the connection, by whatever means. */
export function sendRaw(baseUrl: string, text: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer within 10 s")));
    socket.on("connect", () => socket.write(text));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error) => {
      if (!("code" in error && error.code === "ECONNRESET")) {
        reject(error);
      }
    });
    socket.on("close", () => resolve(Buffer.concat(chunks).toString()));
  });
}
