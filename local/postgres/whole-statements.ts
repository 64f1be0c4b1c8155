import { PGlite } from "@electric-sql/pglite";

/** Parse, Bind, Describe, Execute, Close, Flush: more of the same statement follows, up to Sync. */
const OPEN_MESSAGES: ReadonlySet<number> = new Set(Buffer.from("PBDECH"));

/**
 * PGlite has one session, and its socket server would run messages of several connections in any order: the parameters
 * of one statement could meet the text of another. The server leaves a connection in peace that is in a transaction, so
 * a statement that is not complete yet counts as one.
 */
export class WholeStatements extends PGlite {
  #isOpen = false;

  override isInTransaction(): boolean {
    return this.#isOpen || super.isInTransaction();
  }

  override async execProtocolRawStream(
    ...[message, options]: Parameters<PGlite["execProtocolRawStream"]>
  ): Promise<void> {
    this.#isOpen = OPEN_MESSAGES.has(message[0] ?? 0);
    await super.execProtocolRawStream(message, options);
  }

  /** The server's way to roll back what a connection leaves behind. */
  override async exec(...[query, options]: Parameters<PGlite["exec"]>): ReturnType<PGlite["exec"]> {
    this.#isOpen = false;
    return super.exec(query, options);
  }
}
