import { parseArgs } from "node:util";
import { LOCAL_APP_ID_URI } from "./entra/registration.ts";
import { issueAccessToken } from "./entra/access-token.ts";
import { SigningKeys } from "./entra/signing-keys.ts";
import { readRunningStack } from "./stack/stack-file.ts";
import { dataDirectoryOf, portOf, tokenCommand } from "./stack/stack-place.ts";
import { type RunningStack, startStack } from "./stack/start-stack.ts";

const startedAt = performance.now();
const { values: flags } = parseArgs({
  options: {
    bundle: { type: "boolean", default: false },
    faults: { type: "boolean", default: false },
    postgres: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
  },
});
const dataDirectory = dataDirectoryOf(process.env);

const running = await readRunningStack(dataDirectory);
if (running !== undefined) {
  console.error(
    `The stack already runs on this data: ${running.url} (process ${running.processId}).\n` +
      "Stop it first, or start another one with other values of PORT and DATA_DIR.",
  );
  process.exit(1);
}

try {
  const port = portOf(process.env);
  const stack = await startStack({
    port,
    dataDirectory,
    withFaults: flags.faults,
    watchesSources: flags.watch,
    runsBundle: flags.bundle,
    usesPostgres: flags.postgres,
    databaseUrl: process.env["DATABASE_URL"],
  });
  printParts(stack);
  await printFirstSteps(stack.url);
  console.log(`Ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
  stopOnSignal(stack);
} catch (error) {
  console.error(startFailure(error));
  process.exit(1);
}

function startFailure(error: unknown): string {
  const inUse = /EADDRINUSE.*?(\d+)$/.exec(error instanceof Error ? error.message : "");
  return inUse === null
    ? String(error instanceof Error ? error.message : error)
    : `Port ${inUse[1] ?? ""} is in use. The stack takes PORT (${process.env["PORT"] ?? "by default 7071"}) and the eight ports after it: set PORT to another value.`;
}

function printParts({ url, parts, listing }: RunningStack): void {
  console.log(listing);
  console.log(`${"API".padEnd(12)} ${url}   docs at ${url}/docs`);
  for (const [name, partUrl] of Object.entries(parts)) {
    console.log(`${name.padEnd(12)} ${partUrl}`);
  }
}

async function printFirstSteps(url: string): Promise<void> {
  const keys = await SigningKeys.open(dataDirectory);
  const token = await issueAccessToken(
    { keys, audience: LOCAL_APP_ID_URI, now: () => new Date() },
    { subject: { kind: "user", name: "dev" }, roles: ["Voice.Admin"] },
  );
  const body = '{"text":"Hello from your own tenant.","voice":"en-US-AvaMultilingualNeural","format":"mp3"}';
  console.log(`\nToken of an administrator:\n${token}\n`);
  console.log(
    `curl -s ${url}/api/v1/synthesis/speak -H "Authorization: Bearer $(${tokenCommand(dataDirectory)})" ` +
      `-H "Content-Type: application/json" -d '${body}' -o hello.mp3\n`,
  );
}

function stopOnSignal(stack: RunningStack): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      return;
    }
    isStopping = true;
    console.log("Stopping ...");
    stack.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
