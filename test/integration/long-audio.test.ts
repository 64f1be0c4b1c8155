import { describe, expect, inject, it } from "vitest";
import { apiClient } from "../support/api-client.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const FOUR_MEGABYTES = 4 * 1024 * 1024;

describe("a long text that was streamed as WAV", () => {
  it("is read again from the history with its true sizes in the header", async () => {
    const api = await apiClient({ ...stack, roles: ["Voice.User"] });
    const response = await api.postJson("/api/v1/synthesis/speak/stream", {
      text: "Every sentence of this long text is spoken in its turn. ".repeat(25),
      voice: "en-US-AvaMultilingualNeural",
      format: "wav",
      sampleRateHz: 48_000,
      cache: "bypass",
    });
    const streamed = Buffer.from(await response.arrayBuffer());
    const id = response.headers.get("x-synthesis-id") ?? "";

    const again = await api.get(`/api/v1/synthesis/history/${id}/audio`);
    const stored = Buffer.from(await again.arrayBuffer());

    expect(stored.length).toBeGreaterThan(FOUR_MEGABYTES);
    expect(again.headers.get("content-length")).toBe(String(stored.length));
    expect([streamed.readUInt32LE(4), streamed.readUInt32LE(40)]).toEqual([0xffffffff, 0xffffffff]);
    expect([stored.readUInt32LE(4), stored.readUInt32LE(40)]).toEqual([
      stored.length - 8,
      stored.length - 44,
    ]);
    expect(stored.subarray(44).equals(streamed.subarray(44))).toBe(true);
  });
});
