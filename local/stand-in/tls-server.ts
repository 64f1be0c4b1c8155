import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import { generate } from "selfsigned";

export interface RunningTlsServer {
  /** `https://localhost:{port}`, without a trailing slash. */
  readonly url: string;
  /** Certificate that a client has to trust, PEM. */
  readonly certificate: string;
  close(): Promise<void>;
}

export interface LocalCertificate {
  /** PEM. */
  readonly key: string;
  /** PEM; a client that trusts it trusts whoever has the key. */
  readonly certificate: string;
}

/** A certificate for `localhost` that has signed itself. */
export async function issueCertificate(): Promise<LocalCertificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
  });
  return { key, certificate: cert };
}

/** Starts an HTTPS server on a free port of the loopback address, with a certificate of its own for `localhost`. */
export async function startTlsServer(listener: RequestListener): Promise<RunningTlsServer> {
  const { key, certificate: cert } = await issueCertificate();
  const server = createServer({ key, cert }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `https://localhost:${port}`,
    certificate: cert,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
