import { type Contender, interleave, type Rounds } from "./interleave.ts";
import type { Figure } from "./scenario.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";

export interface Comparison {
  /** The first one is the baseline. */
  readonly contenders: readonly [Contender, ...Contender[]];
  readonly rounds: Rounds;
  /** Contender → figure → most milliseconds over the baseline's median. */
  readonly goalsOverMs?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Measures milliseconds of the contenders in turns and sets them against the first one. */
export async function compare({ contenders, rounds, goalsOverMs }: Comparison): Promise<readonly Figure[]> {
  const samples = await interleave(contenders, rounds);
  const baseline = samples.get(contenders[0].name);
  return contenders.flatMap(({ name }) =>
    [...(samples.get(name) ?? [])].map(([figure, values]) => {
      const statistics = statisticsOf(values);
      const base = baseline?.get(figure);
      const goalMs = goalsOverMs?.[name]?.[figure];
      return {
        what: `${name}: ${figure}`,
        unit: "ms" as const,
        statistics,
        ...(base !== undefined && against(statistics, statisticsOf(base))),
        ...(base !== undefined && goalMs !== undefined && judged(statistics, statisticsOf(base), goalMs)),
      };
    }),
  );
}

function against(own: Statistics, base: Statistics): Pick<Figure, "ratio" | "over"> {
  return { ratio: own.median / base.median, over: own.median - base.median };
}

function judged(own: Statistics, base: Statistics, goalMs: number): Pick<Figure, "goal" | "isReached"> {
  return { goal: `at most +${goalMs} ms`, isReached: own.median - base.median <= goalMs };
}
