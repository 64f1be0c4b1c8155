/** The orchestrator asks for a feature that the local host leaves out. */
export class UnsupportedActionError extends Error {
  override readonly name = "UnsupportedActionError";

  constructor(actionName: string) {
    super(
      `The local Functions host does not support the action ${actionName}: it has no entities, no locks and no callHttp.`,
    );
  }
}
