import { createHash } from "node:crypto";
import type { Hasher } from "../../application/ports/hasher.ts";

export const nodeHasher: Hasher = {
  sha256Hex: (data) => createHash("sha256").update(data).digest("hex"),
  sha256() {
    const hash = createHash("sha256");
    return {
      update: (data) => {
        hash.update(data);
      },
      hex: () => hash.digest("hex"),
    };
  },
};
