/** What the functions of the conformance app have seen in this process. */
export const seen = {
  calls: 0,
  running: 0,
  maxRunning: 0,
  isFixed: false,
  turns: 0,
  replays: new Array<unknown>(),
};

export function forgetSeen(): void {
  Object.assign(seen, { calls: 0, running: 0, maxRunning: 0, isFixed: false, turns: 0, replays: [] });
}
