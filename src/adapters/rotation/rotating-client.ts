/** A secret: as it is, or read anew before every use because it may be rotated. */
export type RotatingSecret = string | (() => Promise<string>);

export interface ClientParts<Secret, Client> {
  readonly connect: (secret: Secret) => Promise<Client>;
  /** Default: the same text, or the same object. */
  readonly isSame?: (a: Secret, b: Secret) => boolean;
}

export interface RotatingClientParts<Secret, Client> extends ClientParts<Secret, Client> {
  /** Asked before every use; it caches by itself. */
  readonly read: () => Promise<Secret>;
}

/**
 * Gives the client for the next use: the same one until what it was made with has changed.
 *
 * @throws what `read` and `connect` throw.
 */
export function rotatingClient<Secret, Client>({
  read,
  ...parts
}: RotatingClientParts<Secret, Client>): () => Promise<Client> {
  const clientFor = latestClient(parts);
  return async () => clientFor(await read());
}

/**
 * Gives the client for a secret, and keeps the one for the latest. A client that could not be made is forgotten, so that
 * the next use tries again.
 *
 * @throws what `connect` throws.
 */
export function latestClient<Secret, Client>({
  connect,
  isSame = Object.is,
}: ClientParts<Secret, Client>): (secret: Secret) => Promise<Client> {
  let current: { readonly secret: Secret; readonly client: Promise<Client> } | undefined;
  return (secret) => {
    if (current !== undefined && isSame(current.secret, secret)) {
      return current.client;
    }
    const made = { secret, client: connect(secret) };
    current = made;
    made.client.catch(() => {
      current = current === made ? undefined : current;
    });
    return made.client;
  };
}

export async function readRotating(secret: RotatingSecret): Promise<string> {
  return typeof secret === "string" ? secret : secret();
}
