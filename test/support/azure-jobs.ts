import { LOCAL_KEY } from "../../local/stack/local-settings.ts";

/** What the Speech resource of a stack still has of a batch. @param url of the resource. */
export async function azureJobsOf(url: string, batchId: string): Promise<readonly string[]> {
  const answer = await fetch(`${url}/texttospeech/batchsyntheses?api-version=2024-04-01&maxpagesize=100`, {
    headers: { "ocp-apim-subscription-key": LOCAL_KEY },
  });
  const { value } = (await answer.json()) as { value: { id: string; status: string }[] };
  return value.filter(({ id }) => id.startsWith(batchId)).map(({ status }) => status);
}

/** How often an operation of a stand-in was called. @param url of the fault controls. */
export async function callsOf(url: string, service: string, operation: string): Promise<number> {
  const { calls } = (await (await fetch(`${url}/calls`)).json()) as {
    calls: { service: string; operation: string; count: number }[];
  };
  return calls
    .filter((call) => call.service === service && call.operation === operation)
    .reduce((sum, { count }) => sum + count, 0);
}
