import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isMissingFile } from "../settings/missing-file.ts";

/** All times in milliseconds since the Unix epoch. */
export interface TimerStatus {
  /** `undefined` before the first run. */
  readonly lastMs: number | undefined;
  readonly nextMs: number;
  readonly lastUpdatedMs: number;
}

const timeSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const statusSchema = z.object({ Last: timeSchema.nullable(), Next: timeSchema, LastUpdated: timeSchema });

/** .NET writes the time that never was like this. */
const DOTNET_MIN_TIME = "0001-01-01T00:00:00";

/** When timers ran last. */
export interface TimerStatusStore {
  /** @returns `undefined` for a timer that never ran. */
  read(timerName: string): Promise<TimerStatus | undefined>;
  write(timerName: string, status: TimerStatus): Promise<void>;
}

/** One file per timer, in the form of the blobs that Azure keeps. */
export class TimerStatusFiles implements TimerStatusStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async read(timerName: string): Promise<TimerStatus | undefined> {
    let text: string;
    try {
      text = await readFile(this.#fileOf(timerName), "utf8");
    } catch (error) {
      if (isMissingFile(error)) {
        return undefined;
      }
      throw error;
    }
    const { Last: last, Next: nextMs, LastUpdated: lastUpdatedMs } = statusSchema.parse(JSON.parse(text));
    return { lastMs: last ?? undefined, nextMs, lastUpdatedMs };
  }

  /** A crash leaves the old status or the new one, never half of it. */
  async write(timerName: string, { lastMs, nextMs, lastUpdatedMs }: TimerStatus): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const file = this.#fileOf(timerName);
    const last = lastMs === undefined ? null : isoTime(lastMs);
    const json = { Last: last, Next: isoTime(nextMs), LastUpdated: isoTime(lastUpdatedMs) };
    await writeFile(`${file}.new`, JSON.stringify(json));
    await rename(`${file}.new`, file);
  }

  #fileOf(timerName: string): string {
    return path.join(this.#directory, `${timerName}.json`);
  }
}

/** What a timer function is told, before the library camel-cases it. */
export function timerInput(status: TimerStatus | undefined, isPastDue: boolean): string {
  const scheduleStatus =
    status === undefined
      ? null
      : {
          Last: status.lastMs === undefined ? DOTNET_MIN_TIME : isoTime(status.lastMs),
          Next: isoTime(status.nextMs),
          LastUpdated: isoTime(status.lastUpdatedMs),
        };
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: scheduleStatus,
    IsPastDue: isPastDue,
  });
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("Z", "+00:00");
}
