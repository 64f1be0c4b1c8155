/** A document that the service refuses; the message is what it tells the client. */
export class SsmlError extends Error {
  override readonly name = "SsmlError";
}
