import type { TestProject } from "vitest/node";
import setUpLocalStack from "./local-stack.setup.ts";
import { startPostgresServer } from "./postgres-server.ts";

/** A PostgreSQL server for the contract suites, and for the one stack of all other tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer();
  process.env["NODE_EXTRA_CA_CERTS"] = server.certificateFile;
  process.env["TEST_DATABASE_URL"] = server.url;
  process.env["STACK_DATABASE_URL"] = server.url;
  try {
    const tearDown = await setUpLocalStack(project);
    return async () => {
      await tearDown();
      await server.close();
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
