import { describe, expect, it } from "vitest";
import type { VoiceChanges } from "../../../src/application/voices/update-voice.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { updateVoiceRoute } from "../../../src/http/voices/update-voice.ts";
import { SPEAKER } from "../../support/catalog-voice.ts";
import { recordingLogger } from "../../support/recording-logger.ts";

const URL_OF_VOICE = "http://localhost/api/v1/voices/voice_1";

/** What a voice would be changed to; the change itself is refused. */
async function changesBy(defaults: object): Promise<readonly VoiceChanges[]> {
  const asked: VoiceChanges[] = [];
  const route = updateVoiceRoute((_, { changes }) => {
    asked.push(changes);
    return Promise.reject(new ServiceError("voice-not-found", "none"));
  });
  const headers = { "content-type": "application/json" };
  const request = new Request(URL_OF_VOICE, { method: "PUT", headers, body: JSON.stringify({ defaults }) });
  const call = {
    requestId: "req_1",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    principal: SPEAKER,
    signal: request.signal,
    logger: recordingLogger(),
    request,
    url: new URL(URL_OF_VOICE),
  };
  await expect(route.handle(call)).rejects.toMatchObject({ code: "voice-not-found" });
  return asked;
}

describe("default settings of a voice", () => {
  it("are numbers wherever speaking takes numbers", async () => {
    expect(await changesBy({ rate: 1.2, volume: 80 })).toEqual([{ defaults: { rate: "1.2", volume: "80" } }]);
  });
});
