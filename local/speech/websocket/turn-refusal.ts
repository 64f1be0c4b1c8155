/** Codes with which the service closes a connection in the middle of its work; 1006 stands for no close frame at all. */
export type CloseCode = 1006 | 1007 | 1011 | 1013 | 4429;

/** What the service says with a code where nothing better is known; cut where a close reason ends. */
export const CLOSE_REASONS: Readonly<Record<CloseCode, string>> = {
  1006: "",
  1007: "SSML is invalid",
  1011: "Internal server error.",
  1013: 'Status(StatusCode="ResourceExhausted", Detail="The service is temporarily out of capacity.")',
  4429: "The request is throttled because you have exceeded the concurrent request limit allowed for your sub",
};

/** A turn that ends with its connection. */
export class TurnRefusal extends Error {
  override readonly name = "TurnRefusal";
  readonly code: CloseCode;

  constructor(code: CloseCode, reason: string = CLOSE_REASONS[code]) {
    super(reason);
    this.code = code;
  }
}
