import type { TokenCredential } from "@azure/identity";
import type { PoolConfig } from "pg";

/** Of Azure Database for PostgreSQL. */
const TOKEN_SCOPE = "https://ossrdbms-aad.database.windows.net/.default";
const DEFAULT_PORT = 5432;

/** A URL without a password stands for the managed identity: each new connection gets a token of its own. */
export function connectionOf(url: string, credential: TokenCredential): PoolConfig {
  const { username, password, hostname, port, pathname, searchParams } = new URL(url);
  if (password !== "") {
    return { connectionString: url };
  }
  return {
    user: decodeURIComponent(username),
    password: async () => (await credential.getToken(TOKEN_SCOPE))?.token ?? "",
    host: hostname,
    port: port === "" ? DEFAULT_PORT : Number(port),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: searchParams.get("sslmode") !== "disable",
  };
}
