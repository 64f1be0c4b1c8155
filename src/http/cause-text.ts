/**
 * What was thrown, with its stack: for operators only.
 *
 * The message of a SyntaxError is left out, because JSON.parse quotes in it what it read.
 */
export function causeText(cause: unknown): string | undefined {
  if (cause instanceof SyntaxError) {
    return `${cause.name}${framesOf(cause)}`;
  }
  if (cause instanceof Error) {
    return cause.stack ?? cause.message;
  }
  return cause === undefined ? undefined : `a thrown ${typeof cause}`;
}

function framesOf({ stack = "", message }: Error): string {
  const start = stack.indexOf(message);
  return start < 0 ? "" : stack.slice(start + message.length);
}
