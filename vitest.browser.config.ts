import { defineConfig } from "vitest/config";

/** Needs Chromium, so that it is a command of its own: `npm run test:browser`. */
export default defineConfig({
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/support/local-stack.setup.ts"],
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
