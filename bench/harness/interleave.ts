/** One way of doing a thing, measured against the others. */
export interface Contender {
  readonly name: string;
  /** @returns what was measured, one number for each figure of its name. */
  run(): Promise<Readonly<Record<string, number>>>;
}

export interface Rounds {
  /** Runs of each contender before anything counts. */
  readonly warmUp: number;
  /** Runs of each contender that count. */
  readonly rounds: number;
  /** No further round starts after it. */
  readonly limitMs: number;
}

/** Name of a contender → name of a figure → its samples. */
export type Samples = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/**
 * Runs the contenders in turns, in an order that is reversed in every other round, so that what else the machine does
 * falls on all of them alike.
 */
export async function interleave(contenders: readonly Contender[], rounds: Rounds): Promise<Samples> {
  const samples = new Map<string, Map<string, number[]>>();
  for (let round = 0; round < rounds.warmUp; round += 1) {
    await eachOnce(contenders, async (contender) => void (await contender.run()));
  }
  const endsMs = performance.now() + rounds.limitMs;
  for (let round = 0; round < rounds.rounds && (round === 0 || performance.now() < endsMs); round += 1) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    await eachOnce(order, async (contender) => {
      const figures = await contender.run();
      const own = samples.get(contender.name) ?? new Map<string, number[]>();
      samples.set(contender.name, own);
      for (const [figure, value] of Object.entries(figures)) {
        own.set(figure, [...(own.get(figure) ?? []), value]);
      }
    });
  }
  return samples;
}

async function eachOnce(
  contenders: readonly Contender[],
  run: (contender: Contender) => Promise<void>,
): Promise<void> {
  for (const contender of contenders) {
    await run(contender);
  }
}
