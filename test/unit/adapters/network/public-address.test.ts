import { describe, expect, it } from "vitest";
import { postToPublicUrl } from "../../../../src/adapters/network/post-to-public-url.ts";
import { isPublicAddress, lookupPublic } from "../../../../src/adapters/network/public-address.ts";

const never = new AbortController().signal;

function post(url: string, allowPrivate = false) {
  return postToPublicUrl({ url, headers: {}, body: "{}", signal: never, allowPrivate });
}

describe("an address", () => {
  it.each(["8.8.8.8", "1.1.1.1", "20.50.2.1", "2603:1030::1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001::1",
    "fd00::1",
    "fec0::1",
    "::a83f:8110",
    "::ffff:168.63.129.16",
    "::ffff:0:a00:1",
    "4000::1",
    "not an address",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("a post to an address that a user named", () => {
  it.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/metadata/instance",
    "https://168.63.129.16/machine",
    "https://[::ffff:10.0.0.1]/",
  ])("never reaches %s", async (url) => {
    await expect(post(url)).rejects.toMatchObject({ name: "PrivateAddress" });
  });

  it.each([
    "http://example.com/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "https://user:pass@example.com/",
    "https://user@example.com/",
    "x",
  ])("is refused for %s", async (url) => {
    await expect(post(url)).rejects.toMatchObject({ name: "RefusedUrl" });
  });

  it.each(["http://user:pass@localhost/", "file:///etc/passwd"])(
    "is refused for %s also where private addresses are allowed",
    async (url) => {
      await expect(post(url, true)).rejects.toMatchObject({ name: "RefusedUrl" });
    },
  );

  it("is refused when the name leads to this machine", async () => {
    await expect(post("https://localhost/")).rejects.toMatchObject({ name: "PrivateAddress" });
  });

  it("connects to the address that was checked", async () => {
    const outcome = await new Promise((resolve) => {
      lookupPublic("localhost", { all: true }, (error) => resolve(error?.name));
    });

    expect(outcome).toBe("PrivateAddress");
  });
});
