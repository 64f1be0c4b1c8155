import { type LocalStack, startLocalStack } from "../../test/support/local-stack.ts";
import { ApiUser } from "./api-user.ts";
import { speakAt } from "./speak-at.ts";
import { type RunningHelper, startHelper } from "./start-helper.ts";
import type { TimedAnswer } from "./timed-request.ts";

/** Without rate limits; the gate lets every scenario through. */
const SETTINGS = {
  RATE_LIMITING_ENABLED: "false",
  SPEECH_MAX_CONCURRENCY: "250",
  SPEECH_QUEUE_LENGTH: "10000",
};

const BENCH_USER = "bench";

/** What scenarios share, each part started when first asked for. */
export class BenchContext {
  readonly #closers: (() => Promise<void>)[] = [];
  #stack: Promise<LocalStack> | undefined;
  #stubbed: Promise<LocalStack> | undefined;
  #proxy: Promise<RunningHelper> | undefined;

  /** The embedded stack as it is. */
  async stack(): Promise<LocalStack> {
    this.#stack ??= this.#started(startLocalStack({ settings: SETTINGS }));
    return this.#stack;
  }

  /** The embedded stack before a Speech service that costs nothing and takes 50 ms. */
  async stubbedStack(): Promise<LocalStack> {
    this.#stubbed ??= this.failingStack(0).then(({ stack }) => stack);
    return this.#stubbed;
  }

  /** A new stack before a Speech service of its own that fails for a share of the calls. */
  async failingStack(
    failingShare: number,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly stack: LocalStack; readonly speechUrl: string }> {
    const { url } = await this.#started(startHelper("stub-speech.ts", String(failingShare)));
    const all = { ...SETTINGS, ...settings, AZURE_SPEECH_HOST: url };
    return { stack: await this.#started(startLocalStack({ settings: all })), speechUrl: url };
  }

  async user(name = BENCH_USER): Promise<ApiUser> {
    return ApiUser.of(await this.stack(), name);
  }

  async stubbedUser(): Promise<ApiUser> {
    return ApiUser.of(await this.stubbedStack(), BENCH_USER);
  }

  /** Asks the Speech stand-in itself. */
  async speakDirectly(ssml: string, format: string): Promise<TimedAnswer> {
    return speakAt((await this.stack()).parts["Speech"] ?? "", ssml, format);
  }

  async speakThroughProxy(ssml: string, format: string): Promise<TimedAnswer> {
    this.#proxy ??= this.stack().then(({ parts }) =>
      this.#started(startHelper("bare-proxy.ts", parts["Speech"] ?? "")),
    );
    return speakAt((await this.#proxy).url, ssml, format);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) {
      await close();
    }
  }

  async #started<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const part = await starting;
    this.#closers.push(() => part.close());
    return part;
  }
}
