import { describe, expect, it } from "vitest";
import { storeRenewal } from "../../../../src/adapters/rotation/store-renewal.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";

/** A store that takes the key "newer", and a secret that has it once it is renewed. */
function rotated() {
  let key = "former";
  let works = 0;
  const renewal = storeRenewal({
    credential: async () => key,
    renew: async () => {
      key = "newer";
      return true;
    },
  });
  return {
    renewal,
    works: () => works,
    work: async (): Promise<string> => {
      works += 1;
      if (key === "former") {
        throw new ServiceError("store-unauthorized", "The store refuses the credentials.");
      }
      return key;
    },
  };
}

describe("work with a store whose secret was rotated", () => {
  it("is repeated with the newer secret", async () => {
    const { renewal, work, works } = rotated();

    await expect(renewal.repeating(work)).resolves.toBe("newer");
    expect(works()).toBe(2);
  });

  it("that cannot be repeated fails once, and the next has the newer secret", async () => {
    const { renewal, work, works } = rotated();

    await expect(renewal.once(work)).rejects.toMatchObject({ code: "store-unauthorized" });
    expect(works()).toBe(1);
    await expect(renewal.once(work)).resolves.toBe("newer");
  });

  it("is not repeated after any other failure", async () => {
    let works = 0;
    const { renewal } = rotated();
    const attempt = renewal.repeating(() => {
      works += 1;
      return Promise.reject(new ServiceError("store-unavailable", "No answer."));
    });

    await expect(attempt).rejects.toMatchObject({ code: "store-unavailable" });
    expect(works).toBe(1);
  });
});
