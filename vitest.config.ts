import { defineConfig } from "vitest/config";
import { readTestSeed } from "./test/support/test-seed.ts";

/** What loads a library that a process can set up only once: that of the Functions host, and Application Insights'. */
const ONE_SETUP_A_PROCESS = [
  "test/contract/durable/**/*.test.ts",
  "test/contract/application-insights.test.ts",
  "test/contract/shipped-queries.test.ts",
];

export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    restoreMocks: true,
    // Many tests wait for other processes: three keep two cores busy.
    maxWorkers: 3,
    sequence: { seed: readTestSeed() },
    coverage: { provider: "v8", include: ["src/**/*.ts"] },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          isolate: false,
          sequence: { shuffle: true },
          setupFiles: ["test/support/property-seed.setup.ts"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          exclude: ONE_SETUP_A_PROCESS,
          isolate: false,
          setupFiles: ["test/support/property-seed.setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "contract-isolated",
          include: ONE_SETUP_A_PROCESS,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/support/local-stack.setup.ts"],
          setupFiles: ["test/support/property-seed.setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "acceptance",
          include: ["test/acceptance/**/*.test.ts"],
          globalSetup: ["test/support/local-stack.setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
