import path from "node:path";

export interface PostgresOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Default: everything is gone at the end. */
  readonly dataDirectory?: string;
}

export interface RunningPostgres {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 100;

/** A real PostgreSQL engine, PGlite, behind a real socket. It runs one transaction at a time. */
export async function startPostgres({ port, dataDirectory }: PostgresOptions): Promise<RunningPostgres> {
  const [{ WholeStatements }, { PGLiteSocketServer }] = await Promise.all([
    import("./whole-statements.ts"),
    import("@electric-sql/pglite-socket"),
  ]);
  const engine = new WholeStatements(
    dataDirectory === undefined ? {} : { dataDir: path.join(dataDirectory, "postgres") },
  );
  await engine.waitReady;
  const server = new PGLiteSocketServer({
    db: engine,
    port,
    host: "127.0.0.1",
    maxConnections: MAX_CONNECTIONS,
  });
  await server.start();
  return {
    url: `postgresql://postgres:postgres@${server.getServerConn()}/postgres?sslmode=disable`,
    async close() {
      await server.stop();
      await engine.close();
    },
  };
}
