import { describe, expect, it } from "vitest";
import { CachedCatalog } from "../../../../src/application/catalog/cached-catalog.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { CatalogVoice } from "../../../../src/domain/voice/catalog-voice.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";

const HOUR_SECONDS = 3_600;

type Answer = (count: number) => Promise<readonly CatalogVoice[]>;

function voice(name: string): CatalogVoice {
  return {
    name,
    displayName: name,
    localName: name,
    locale: "en-US",
    localeName: "English (United States)",
    secondaryLocales: [],
    gender: "female",
    styles: [],
    roles: [],
    sampleRateHz: 24_000,
    status: "ga",
  };
}

/** A catalog over a service that answers as told; the first time with the voice `first`. */
async function renewedBy(answer: Answer) {
  const clock = new ManualClock();
  const logger = recordingLogger();
  let calls = 0;
  const source = {
    list: () => {
      calls++;
      return calls === 1 ? Promise.resolve([voice("first")]) : answer(calls);
    },
  };
  const catalog = new CachedCatalog({ source, clock, logger });
  const names = async () => (await catalog.list()).map(({ name }) => name);
  await names();
  return { names, clock, logger, calls: () => calls };
}

const down: Answer = () => Promise.reject(new ServiceError("speech-unavailable", "down"));

describe("the cached catalog", () => {
  it("asks once within an hour", async () => {
    const { names, clock, calls } = await renewedBy(down);

    clock.advance(HOUR_SECONDS - 1);

    expect(await names()).toEqual(["first"]);
    expect(calls()).toBe(1);
  });

  it("answers the old list while one fetch brings the new one", async () => {
    const { promise, resolve } = Promise.withResolvers<readonly CatalogVoice[]>();
    const { names, clock, calls } = await renewedBy(() => promise);
    clock.advance(HOUR_SECONDS);

    const meanwhile = await Promise.all([names(), names(), names()]);
    resolve([voice("second")]);

    expect(meanwhile).toEqual([["first"], ["first"], ["first"]]);
    expect(calls()).toBe(2);
    await expect.poll(names).toEqual(["second"]);
  });

  it("keeps the old list when it cannot be renewed, and asks again only after a minute", async () => {
    const { names, clock, logger, calls } = await renewedBy(down);
    clock.advance(HOUR_SECONDS);
    await names();
    await expect.poll(() => logger.lines).toHaveLength(1);

    clock.advance(59);
    const paused = [await names(), await names(), calls()];
    clock.advance(1);
    const resumed = [await names(), calls()];

    expect(paused).toEqual([["first"], ["first"], 2]);
    expect(resumed).toEqual([["first"], 3]);
    expect(logger.lines[0]).toMatchObject({ level: "warning" });
  });

  it("fails while it has no list at all, and asks again at the next request", async () => {
    let calls = 0;
    const source = {
      list: () => {
        calls++;
        return calls === 1 ? down(calls) : Promise.resolve([voice("late")]);
      },
    };
    const catalog = new CachedCatalog({ source, clock: new ManualClock(), logger: recordingLogger() });

    await expect(catalog.list()).rejects.toMatchObject({ code: "speech-unavailable" });
    expect(await catalog.list()).toMatchObject([{ name: "late" }]);
  });
});
