/** A secret: as it is, or read anew before every use because it may be rotated. */
export type RotatingSecret = string | (() => Promise<string>);

export interface RotatingClientParts<Secret, Client> {
  /** Asked before every use; it caches by itself. */
  readonly read: () => Promise<Secret>;
  readonly connect: (secret: Secret) => Promise<Client>;
  /** Default: the same text, or the same object. */
  readonly isSame?: (a: Secret, b: Secret) => boolean;
}

/**
 * Gives the client for the next use: the same one until what it was made with has changed. A client that could not be made
 * is forgotten, so that the next use tries again.
 *
 * @throws what `read` and `connect` throw.
 */
export function rotatingClient<Secret, Client>({
  read,
  connect,
  isSame = Object.is,
}: RotatingClientParts<Secret, Client>): () => Promise<Client> {
  let current: { readonly secret: Secret; readonly client: Promise<Client> } | undefined;
  const replace = (secret: Secret): Promise<Client> => {
    const made = { secret, client: connect(secret) };
    current = made;
    made.client.catch(() => {
      current = current === made ? undefined : current;
    });
    return made.client;
  };
  return async () => {
    const secret = await read();
    return current !== undefined && isSame(current.secret, secret) ? current.client : replace(secret);
  };
}

export async function readRotating(secret: RotatingSecret): Promise<string> {
  return typeof secret === "string" ? secret : secret();
}
