import type { BlobMessage } from "./blob-messages.ts";
import type { StorageAccount } from "./storage-account.ts";

const POISON_QUEUE = "webjobs-blobtrigger-poison";

/** Sends a message that its function has failed on too often to the poison queue of the blob's account. */
export async function sendToPoisonQueue(account: StorageAccount, message: BlobMessage): Promise<void> {
  const queue = (await account.queues()).getQueueClient(POISON_QUEUE);
  await queue.createIfNotExists();
  const text = JSON.stringify({
    Type: "BlobTrigger",
    FunctionId: `Host.Functions.${message.functionName}`,
    BlobType: "BlockBlob",
    ContainerName: message.container,
    BlobName: message.blob,
    ETag: `"${message.etag}"`,
  });
  // The queue extension of Azure encodes its messages by default.
  await queue.sendMessage(Buffer.from(text).toString("base64"));
}
