/** What proves who calls, and a newer one when it was refused. */
export interface RenewableCredential<Credential> {
  /** Asked before every call; it caches by itself. */
  readonly credential: () => Promise<Credential>;
  /** Whether there is another one than the refused. Default: there never is. */
  readonly renew?: ((refused: Credential) => Promise<boolean>) | undefined;
}

/**
 * Calls, and calls once more when the credential was refused and there is a newer one.
 *
 * @param isRefused whether an error of `call` says that the service does not know the credential.
 * @throws what `credential` and the last call throw.
 */
export async function withRenewal<Credential, Result>(
  { credential, renew }: RenewableCredential<Credential>,
  isRefused: (error: unknown) => boolean,
  call: (credential: Credential) => Promise<Result>,
): Promise<Result> {
  const used = await credential();
  try {
    return await call(used);
  } catch (error) {
    if (renew === undefined || !isRefused(error) || !(await renew(used))) {
      throw error;
    }
    return call(await credential());
  }
}
