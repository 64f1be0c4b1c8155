const DEFAULT_PORT = 7071;
const DEFAULT_DATA_DIRECTORY = ".local";

/** The stand-ins take the ports after that of the API. */
const MAX_PORT = 65_535 - 9;

/** Folder of everything that a stack keeps: `DATA_DIR`. */
export function dataDirectoryOf(environment: NodeJS.ProcessEnv): string {
  return environment["DATA_DIR"] ?? DEFAULT_DATA_DIRECTORY;
}

/**
 * Port of the API: `PORT`. 0 takes free ports.
 *
 * @throws Error for what is no port.
 */
export function portOf(environment: NodeJS.ProcessEnv): number {
  const given = environment["PORT"] ?? String(DEFAULT_PORT);
  const port = Number(given);
  if (!/^\d{1,5}$/.test(given) || port > MAX_PORT) {
    throw new Error(`PORT is "${given}"; set it to a number from 0 to ${MAX_PORT}.`);
  }
  return port;
}

/** The command that prints a token for a stack, as a shell takes it; names the folder where it is another one. */
export function tokenCommand(dataDirectory: string): string {
  const command = "npm run --silent token";
  const quoted = `'${dataDirectory.replaceAll("'", `'\\''`)}'`;
  return dataDirectory === DEFAULT_DATA_DIRECTORY ? command : `DATA_DIR=${quoted} ${command}`;
}
