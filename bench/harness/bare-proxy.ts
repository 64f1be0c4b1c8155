import { Agent, createServer, request } from "node:http";

/**
 * The least that any server in front of the Speech service costs: it passes on what it gets. Run as a process of its own
 * with the target's base URL; it prints its own.
 */
const target = new URL(process.argv[2] ?? "");
const agent = new Agent({ keepAlive: true, maxSockets: 512 });

const server = createServer((incoming, outgoing) => {
  const { host: _host, ...headers } = incoming.headers;
  const forwarded = request(new URL(incoming.url ?? "/", target), {
    method: incoming.method,
    headers,
    agent,
  });
  forwarded.on("response", (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    outgoing.flushHeaders();
    response.pipe(outgoing);
  });
  forwarded.on("error", () => outgoing.destroy());
  incoming.pipe(forwarded);
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) {
    console.log(`http://127.0.0.1:${address.port}`);
  }
});
