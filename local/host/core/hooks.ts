import type { FunctionCallback, RpcLogLevel } from "./protocol.ts";

export interface AppHookContext {
  readonly hookData: Record<string, unknown>;
  readonly appHookData: Record<string, unknown>;
  readonly functionAppDirectory?: string;
}

export interface PreInvocationHookContext extends AppHookContext {
  readonly invocationContext: unknown;
  functionCallback: FunctionCallback;
  inputs: unknown[];
}

export interface PostInvocationHookContext extends AppHookContext {
  readonly invocationContext: unknown;
  readonly inputs: unknown[];
  result: unknown;
  error: unknown;
}

export interface LogHookContext extends AppHookContext {
  readonly invocationContext: unknown;
  level: RpcLogLevel;
  category: string;
  message: string;
}

interface HookContexts {
  readonly appStart: AppHookContext;
  readonly appTerminate: AppHookContext;
  readonly preInvocation: PreInvocationHookContext;
  readonly postInvocation: PostInvocationHookContext;
  readonly log: LogHookContext;
}

export type HookName = keyof HookContexts;

type HookCallback<Name extends HookName> = (context: HookContexts[Name]) => unknown;

type HookLists = { readonly [Name in HookName]: HookCallback<Name>[] };

/** The callbacks that an app has hooked into the life of the host. */
export class Hooks {
  /** Shared by all hooks of the app. */
  readonly appHookData: Record<string, unknown> = {};
  /** Shared by `appStart` and `appTerminate`. */
  readonly #appLevelHookData: Record<string, unknown> = {};
  readonly #lists: HookLists = {
    appStart: [],
    appTerminate: [],
    preInvocation: [],
    postInvocation: [],
    log: [],
  };

  isKnown(name: string): name is HookName {
    return Object.hasOwn(this.#lists, name);
  }

  /** @returns a function that removes the hook. */
  add<Name extends HookName>(name: Name, callback: HookCallback<Name>): () => void {
    const list: HookCallback<Name>[] = this.#lists[name];
    list.push(callback);
    return () => {
      const index = list.indexOf(callback);
      if (index >= 0) {
        list.splice(index, 1);
      }
    };
  }

  async runApp(name: "appStart" | "appTerminate", functionAppDirectory: string): Promise<void> {
    const hookData = this.#appLevelHookData;
    const context = { hookData, appHookData: this.appHookData, functionAppDirectory };
    await runInOrder(this.#lists[name], context);
  }

  async runPreInvocation(context: PreInvocationHookContext): Promise<void> {
    await runInOrder(this.#lists.preInvocation, context);
  }

  async runPostInvocation(context: PostInvocationHookContext): Promise<void> {
    await runInOrder(this.#lists.postInvocation, context);
  }

  /** Log hooks run synchronously: what they change is in the line that is written. */
  runLog(line: Pick<LogHookContext, "level" | "category" | "message" | "invocationContext">): LogHookContext {
    const context: LogHookContext = { ...line, hookData: {}, appHookData: this.appHookData };
    for (const callback of this.#lists.log) {
      callback(context);
    }
    return context;
  }
}

async function runInOrder<Context>(callbacks: readonly ((context: Context) => unknown)[], context: Context) {
  for (const callback of callbacks.slice()) {
    await callback(context);
  }
}
