import { z } from "zod";
import type { Collection, ResourceStore } from "../../stand-in/resource-api/store.ts";
import type { Speaker } from "../speech-state.ts";
import {
  consentSchema,
  endpointSchema,
  modelSchema,
  personalVoiceSchema,
  projectSchema,
  trainingSetSchema,
} from "./resources.ts";
import type { Consent, Endpoint, Model, PersonalVoice, Project, TrainingSet } from "./resources.ts";

const speakerSchema = z.object({
  id: z.string(),
  speaker: z.object({
    medianPitchHz: z.number(),
    pitchSpreadSemitones: z.number(),
    pitchBaseHz: z.number(),
    pitchTopHz: z.number(),
    formantScale: z.number(),
    bandGainsDb: z.array(z.number()),
  }),
});

const trainingDataSchema = z.object({ id: z.string(), names: z.array(z.string()), excerptMs: z.number() });

/** What a speech resource holds, kind by kind. */
export interface Collections {
  readonly projects: Collection<Project>;
  readonly consents: Collection<Consent>;
  readonly personalvoices: Collection<PersonalVoice>;
  readonly trainingsets: Collection<TrainingSet>;
  readonly models: Collection<Model>;
  readonly endpoints: Collection<Endpoint>;
  /** Names of the utterances of a training set, and how much of its audio is kept; the id is that of the set. */
  readonly trainingdata: Collection<z.infer<typeof trainingDataSchema>>;
  /** Voices that were measured; the id is {@link ownerOf} their personal voice or model. */
  readonly speakers: Collection<{ readonly id: string; readonly speaker: Speaker }>;
}

export function openCollections(store: ResourceStore): Collections {
  return {
    projects: store.collection("projects", projectSchema),
    consents: store.collection("consents", consentSchema),
    personalvoices: store.collection("personalvoices", personalVoiceSchema),
    trainingsets: store.collection("trainingsets", trainingSetSchema),
    models: store.collection("models", modelSchema),
    endpoints: store.collection("endpoints", endpointSchema),
    trainingdata: store.collection("trainingdata", trainingDataSchema),
    speakers: store.collection("speakers", speakerSchema),
  };
}

/** Under what recordings and measured voices of a resource are kept. */
export function ownerOf(collection: keyof Collections, id: string): string {
  return `${collection}/${id}`;
}
