import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { issueCertificate } from "../../local/stand-in/tls-server.ts";
import { freePortBlock } from "./port-block.ts";

const run = promisify(execFile);

export interface PostgresServer {
  /** Of its administrator, with a password, over TLS. */
  readonly url: string;
  /** File with the certificate that a client has to trust, PEM. */
  readonly certificateFile: string;
  close(): Promise<void>;
}

/** User and group that a process runs as; PostgreSQL refuses to run as root. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const PASSWORD = "postgres";
const DEBIAN_DIRECTORY = "/usr/lib/postgresql";
const READY = "database system is ready to accept connections";

/** Nothing has to outlive the tests. */
const HASTY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** As Azure Database for PostgreSQL: nobody without TLS. A token comes as a password in clear text. */
const CLIENTS = ["hostssl all postgres 127.0.0.1/32 scram-sha-256", "hostssl all all 127.0.0.1/32 password"];

/**
 * Starts the PostgreSQL server that is installed here, on a free loopback port, with a new data directory. Its texts are
 * sorted as in English, not by code point.
 *
 * @throws Error when no server is installed.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const programs = await programDirectory();
  const account = await serverAccount();
  const directory = await mkdtemp(path.join(tmpdir(), "postgres-server-"));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await layOutCluster(programs, directory, account);
    const port = await freePortBlock();
    const server = spawn(path.join(programs, "postgres"), serverArguments(directory, port), {
      ...account,
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
    });
    await untilReady(server);
    return {
      url: `postgresql://postgres:${PASSWORD}@localhost:${port}/postgres?sslmode=verify-full`,
      certificateFile: path.join(directory, "server.crt"),
      async close() {
        // It ends its connections and then itself.
        server.kill("SIGINT");
        await once(server, "close");
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function programDirectory(): Promise<string> {
  const versions = await namesIn(DEBIAN_DIRECTORY);
  const newest = versions
    .map(Number)
    .filter(Number.isInteger)
    .toSorted((a, b) => b - a)[0];
  const candidates = [
    ...(process.env["PATH"] ?? "").split(path.delimiter),
    ...(newest === undefined ? [] : [path.join(DEBIAN_DIRECTORY, String(newest), "bin")]),
  ];
  for (const candidate of candidates) {
    const names = await namesIn(candidate);
    if (names.includes("initdb") && names.includes("postgres")) {
      return candidate;
    }
  }
  throw new Error("No PostgreSQL server is installed here. Debian and Ubuntu: apt-get install postgresql");
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}

async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, "postgres"])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

async function layOutCluster(programs: string, directory: string, account: Account): Promise<void> {
  const { key, certificate } = await issueCertificate();
  const files = { password: PASSWORD, "server.key": key, "server.crt": certificate };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(directory, name), content, { mode: 0o600 });
  }
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const name of ["", ...Object.keys(files)]) {
      await chown(path.join(directory, name), account.uid, account.gid);
    }
  }
  const data = path.join(directory, "data");
  await run(
    path.join(programs, "initdb"),
    [
      `--pgdata=${data}`,
      `--pwfile=${path.join(directory, "password")}`,
      "--username=postgres",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--locale-provider=icu",
      "--icu-locale=en-US",
      "--no-sync",
    ],
    { ...account, cwd: directory },
  );
  await writeFile(path.join(data, "pg_hba.conf"), `${CLIENTS.join("\n")}\n`);
  await appendFile(path.join(data, "postgresql.conf"), `\n${HASTY.join("\n")}\n`);
}

function serverArguments(directory: string, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    ssl: "on",
    ssl_cert_file: path.join(directory, "server.crt"),
    ssl_key_file: path.join(directory, "server.key"),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", path.join(directory, "data"), "-p", String(port), ...flags];
}

async function untilReady({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) {
    throw new Error("The server's messages are not piped.");
  }
  const lines: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    lines.push(line);
    if (line.includes(READY)) {
      stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${lines.join("\n")}`);
}
