const MAX_CHARACTERS = 256;

/** Why an id cannot be that of an orchestration; undefined when it can. */
export function instanceIdProblem(instanceId: string): string | undefined {
  if (instanceId.length > MAX_CHARACTERS) {
    return `Instance ID lengths must not exceed ${MAX_CHARACTERS} characters.`;
  }
  if (instanceId.startsWith("@")) {
    return "Orchestration instance ids must not start with @.";
  }
  return /[/\\#?\p{Cc}]/u.test(instanceId)
    ? "Orchestration instance ids must not contain /, \\, #, ?, or control characters."
    : undefined;
}
