import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { objectIdOf } from "../../local/entra/registration.ts";
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from "../../local/storage/start-storage.ts";

/** The storage account of a local stack, as the people see it who drop files. */
export class DropFolderClient {
  readonly #account: BlobServiceClient;

  constructor(blobsUrl: string) {
    const credential = new StorageSharedKeyCredential(LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY);
    this.#account = new BlobServiceClient(blobsUrl, credential);
  }

  /** Puts a file into the drop folder. */
  async drop(name: string, content: string | Buffer): Promise<void> {
    await this.#account.getContainerClient("drop").createIfNotExists();
    await this.#blob("drop", name).uploadData(Buffer.from(content));
  }

  async exists(container: string, name: string): Promise<boolean> {
    return this.#blob(container, name).exists();
  }

  async names(container: string, prefix: string): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { name } of this.#account.getContainerClient(container).listBlobsFlat({ prefix })) {
      names.push(name);
    }
    return names;
  }

  async read(container: string, name: string): Promise<Buffer> {
    return this.#blob(container, name).downloadToBuffer();
  }

  #blob(container: string, name: string) {
    return this.#account.getContainerClient(container).getBlockBlobClient(name);
  }
}

let people = 0;

/** Somebody new, with the folder that is theirs. */
export function dropOwner(): { readonly name: string; readonly folder: string } {
  people += 1;
  const name = `dropper-${process.pid}-${people}`;
  return { name, folder: objectIdOf(name) };
}
