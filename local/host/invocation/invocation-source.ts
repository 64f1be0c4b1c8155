/** Something that starts invocations on its own: timers, blobs, orchestrations. */
export interface InvocationSource {
  /** Resolves when it has nothing to do. */
  idle(): Promise<void>;
  /** Starts nothing more. */
  close(): Promise<void>;
}
