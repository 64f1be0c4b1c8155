import { defineConfig } from "vitest/config";

/** The library of the Functions host cannot forget an app. */
const ONE_APP_A_PROCESS = "test/contract/durable/**/*.test.ts";

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    restoreMocks: true,
    // Many tests wait for other processes: three keep two cores busy.
    maxWorkers: 3,
    coverage: { provider: "v8", include: ["src/**/*.ts"] },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          isolate: false,
          sequence: { shuffle: true },
          testTimeout: 5_000,
        },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          exclude: [ONE_APP_A_PROCESS],
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "contract-durable",
          include: [ONE_APP_A_PROCESS],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/support/local-stack.setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "acceptance",
          include: ["test/acceptance/**/*.test.ts"],
          globalSetup: ["test/support/local-stack.setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
