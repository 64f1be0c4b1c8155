import { describe, expect, it } from "vitest";
import { assertWebhookTarget } from "../../../../src/adapters/webhooks/assert-webhook-target.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";

const REFUSED = { code: "webhook-target-refused" };

function refusalOf(url: string, allowsInnerTargets = false): ServiceError | undefined {
  try {
    assertWebhookTarget(url, { allowsInnerTargets });
    return undefined;
  } catch (error) {
    return error instanceof ServiceError ? error : undefined;
  }
}

describe("the target of a webhook", () => {
  it.each([
    "http://example.com/hook",
    "https://127.0.0.1/hook",
    "https://2130706433/hook",
    "https://[::ffff:10.0.0.1]/hook",
    "https://169.254.169.254/metadata",
    "https://168.63.129.16/",
    "https://localhost:8443/hook",
    "https://api.localhost./hook",
    "https://name:word@example.com/hook",
    "no url",
  ])("is refused as %s", (url) => {
    expect(refusalOf(url)).toMatchObject(REFUSED);
  });

  it.each(["https://example.com/hook", "https://20.50.2.1:8443/hook", "https://notlocalhost/hook"])(
    "may be %s",
    (url) => {
      expect(refusalOf(url)).toBeUndefined();
    },
  );

  it("may be an inner one where that is allowed, but never with credentials", () => {
    expect(refusalOf("http://127.0.0.1:7071/hook", true)).toBeUndefined();
    expect(refusalOf("http://name:word@127.0.0.1/hook", true)).toMatchObject(REFUSED);
  });
});
