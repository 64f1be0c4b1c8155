import { describe, expect, it } from "vitest";
import { resolveReferences } from "../../../../../local/host/settings/setting-references.ts";

describe("a reference to a setting", () => {
  it("is replaced in every text, however deep it stands", () => {
    const resolved = resolveReferences(
      { path: "%FOLDER%/{name}", nested: { list: ["%A%-%B%", 7] } },
      { FOLDER: "drop", A: "1", B: "2" },
    );

    expect(resolved).toEqual({ path: "drop/{name}", nested: { list: ["1-2", 7] } });
  });

  it("leaves a lone per cent sign alone", () => {
    expect(resolveReferences({ text: "100 % of 5 %" }, {})).toEqual({ text: "100 % of 5 %" });
  });

  it("fails by name when the setting is missing", () => {
    expect(() => resolveReferences({ schedule: "%SCHEDULE%" }, {})).toThrow(
      expect.objectContaining({ code: "setting-missing", message: expect.stringContaining("SCHEDULE") }),
    );
  });
});
