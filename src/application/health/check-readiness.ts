/** Something outside that the service needs. */
export interface Dependency {
  readonly name: string;
  /** False when only features of their own need it: the service stays ready without it. */
  readonly required: boolean;
  /** Resolves when the dependency answers; throws whatever is wrong. */
  check(signal: AbortSignal): Promise<unknown>;
}

export interface DependencyState {
  readonly name: string;
  readonly required: boolean;
  readonly status: "up" | "down";
  readonly latencyMs: number;
}

export type CheckReadiness = () => Promise<readonly DependencyState[]>;

export interface ReadinessOptions {
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** A dependency that takes longer counts as down. */
  readonly timeoutMs: number;
}

/** Probes come from the platform, monitors and anybody: they share one answer for this long. */
const SHARED_MS = 2_000;

export function makeCheckReadiness(
  dependencies: readonly Dependency[],
  options: ReadinessOptions,
): CheckReadiness {
  const { nowMs } = options;
  let lastStartedMs = Number.NEGATIVE_INFINITY;
  let last: Promise<readonly DependencyState[]> = Promise.resolve([]);
  return () => {
    if (nowMs() - lastStartedMs >= SHARED_MS) {
      lastStartedMs = nowMs();
      last = Promise.all(dependencies.map((dependency) => stateOf(dependency, options)));
    }
    return last;
  };
}

async function stateOf(
  dependency: Dependency,
  { nowMs, timeoutMs }: ReadinessOptions,
): Promise<DependencyState> {
  const { name, required } = dependency;
  const startedMs = nowMs();
  const signal = AbortSignal.timeout(timeoutMs);
  const gaveUp = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  let status: DependencyState["status"] = "up";
  try {
    await Promise.race([dependency.check(signal), gaveUp]);
  } catch {
    status = "down";
  }
  return { name, required, status, latencyMs: Math.round(nowMs() - startedMs) };
}
