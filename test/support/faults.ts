import type { RegisteredFault } from "../../local/faults/fault-registry.ts";
import type { FaultRequest } from "../../local/faults/fault.ts";

/** The fault controls of a running stack. */
export class Faults {
  readonly #url: string;

  /** @param parts of the stack: base URLs of its stand-ins by name. */
  constructor(parts: Readonly<Record<string, string>>) {
    this.#url = `${parts["Faults"] ?? ""}/faults`;
  }

  /** @throws Error for a fault that does not exist. */
  async add(fault: FaultRequest): Promise<void> {
    const response = await fetch(this.#url, { method: "POST", body: JSON.stringify(fault) });
    if (response.status !== 201) {
      throw new Error(`The fault was not taken: ${await response.text()}`);
    }
    await response.body?.cancel();
  }

  /** Those that can still happen, with how often they have. */
  async list(): Promise<readonly RegisteredFault[]> {
    const { faults } = (await (await fetch(this.#url)).json()) as { readonly faults: RegisteredFault[] };
    return faults;
  }

  /** Drops all, those of other tests on the same stack too. */
  async clear(): Promise<void> {
    await fetch(this.#url, { method: "DELETE" });
  }
}
