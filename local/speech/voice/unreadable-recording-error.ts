/** A recording that holds no audio which can be read, or no voice in it. */
export class UnreadableRecordingError extends Error {
  override readonly name = "UnreadableRecordingError";
}
