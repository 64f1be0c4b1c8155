import { z } from "zod";
import { ServiceError } from "../../../domain/errors/service-error.ts";
import type { SendCustomVoiceCall } from "./custom-voice-client.ts";

const resource = z.object({
  status: z.string(),
  speakerProfileId: z.string().optional(),
  properties: z
    .object({
      failureReason: z.string().nullish(),
      utteranceCount: z.number().nullish(),
      secondaryLocales: z.array(z.string()).nullish(),
    })
    .nullish(),
});

/** What all resources of the service have in common, as far as we need it. */
export type Resource = z.output<typeof resource>;

/** @throws {@link ServiceError} `custom-voice-refused` when there is no such resource. */
export async function readResource(send: SendCustomVoiceCall, path: string): Promise<Resource> {
  const found = await send({ method: "GET", path });
  if (found === undefined) {
    throw new ServiceError("custom-voice-refused", `The custom voice service does not know ${path}.`);
  }
  return resource.parse(found);
}

export interface Creation {
  readonly method: "PUT" | "POST";
  readonly json?: object;
  readonly form?: FormData;
}

export type CreateOnce = (path: string, creation: Creation) => Promise<void>;

/** A second creation of one id is not defined by Azure, so what is there already is left alone. */
export function createOnce(send: SendCustomVoiceCall): CreateOnce {
  return async (path, creation) => {
    if ((await send({ method: "GET", path })) !== undefined) {
      return;
    }
    try {
      await send({ ...creation, path });
    } catch (error) {
      // The same step may run twice at the same time; whoever comes second finds the work done.
      if ((await send({ method: "GET", path })) === undefined) {
        throw error;
      }
    }
  };
}
