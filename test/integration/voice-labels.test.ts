import { beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { speechFile } from "../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };

let api: ApiClient;
let recordings: { readonly consent: File; readonly samples: File };

beforeAll(async () => {
  api = await apiClient(stack);
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  recordings = { consent, samples };
  await trained("Guide", { team: "docs", hours: "9:00-17:00" });
  await trained("Teacher", { team: "docs", "the audience's": 'children & "others"' });
  await trained("Announcer", { team: "trains" });
});

function trained(name: string, labels: Readonly<Record<string, string>>): Promise<Response> {
  return api.postForm("/api/v1/voices/train", {
    name,
    kind: "personal",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    labels: JSON.stringify(labels),
    ...recordings,
  });
}

function listed(...labels: readonly string[]): Promise<Response> {
  const query = new URLSearchParams(labels.map((label): [string, string] => ["label", label]));
  return api.get(`/api/v1/voices?${query.toString()}`);
}

describe("the list of voices", () => {
  it.each([
    [["team:docs"], ["Teacher", "Guide"]],
    [["team:docs", 'the audience\'s:children & "others"'], ["Teacher"]],
    [["hours:9:00-17:00"], ["Guide"]],
    [["team:Docs"], []],
    [["crew:docs"], []],
  ])("has those with the labels %j", async (labels, names) => {
    const { items } = (await (await listed(...labels)).json()) as { items: { name: string }[] };

    expect(items.map(({ name }) => name)).toEqual(names);
  });

  it.each([[["docs"]], [[":docs"]], [["team:docs", "team:trains"]]])(
    "refuses the labels %j, which are not keys with a value each",
    async (labels) => {
      const response = await listed(...labels);

      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({
        errors: [{ field: expect.stringContaining("label"), message: expect.any(String) }],
      });
    },
  );

  it("can tell every label, because keys hold no colon", async () => {
    const response = await trained("Nobody", { "team:docs": "yes" });

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field: "labels.team:docs" }] });
  });
});
