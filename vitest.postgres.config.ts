import { defineConfig } from "vitest/config";

/** Needs an installed PostgreSQL server, so that it is a command of its own: `npm run test:postgres-server`. */
export default defineConfig({
  test: {
    name: "postgres-server",
    include: [
      "test/postgres-server/**/*.test.ts",
      "test/contract/stores/postgres-stores.test.ts",
      "test/acceptance/**/*.test.ts",
      "test/integration/{batches,lexicon,personal-voice}.test.ts",
      "test/integration/access/ownership.test.ts",
    ],
    globalSetup: ["test/support/postgres-server.setup.ts"],
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
