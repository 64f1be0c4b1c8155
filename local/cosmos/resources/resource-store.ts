import { randomBytes, randomUUID } from "node:crypto";

import { DocumentTable } from "../documents/document-table.ts";
import { isObject, type JsonObject, parseJson, textAt } from "../json.ts";
import { badRequest, conflict, notFound } from "../refusals.ts";
import { type ContainerSettings, containerSettings, fixedSettings } from "./container-settings.ts";
import type { DatabaseFile } from "./database-file.ts";

export interface Container {
  /** `dbs/{id}/colls/{id}` */
  readonly link: string;
  readonly rid: string;
  readonly settings: ContainerSettings;
  readonly documents: DocumentTable;
  /** Number of the next write. */
  nextSequence(): number;
  lastSequence(): number;
}

const NEXT_SEQUENCE = "update resources set sequence = sequence + 1 where link = ? returning sequence";
const LAST_SEQUENCE = "select sequence from resources where link = ?";

/** Databases and containers. A link is a path such as `dbs/voices/colls/lexicon`. */
export class ResourceStore {
  readonly #file: DatabaseFile;
  readonly #nowSeconds: () => number;
  readonly #containers = new Map<string, Container>();

  constructor(file: DatabaseFile, nowSeconds: () => number) {
    this.#file = file;
    this.#nowSeconds = nowSeconds;
    file.execute(
      `create table if not exists resources (number integer primary key autoincrement, link text not null unique,
        parent text not null, body text not null, sequence integer not null default 0)`,
    );
  }

  list(parent: string): readonly JsonObject[] {
    return this.#file
      .all("select body from resources where parent = ? order by number", parent)
      .map((row) => resourceOf(row["body"]));
  }

  /** @throws Refusal 404. */
  read(link: string): JsonObject {
    const row = this.#file.first("select body from resources where link = ?", link);
    if (row === undefined) {
      throw notFound();
    }
    return resourceOf(row["body"]);
  }

  /** @throws Refusal 400, 404 without its parent, 409. */
  create(parent: string, kind: "dbs" | "colls", body: JsonObject): JsonObject {
    const id = checkedId(body["id"]);
    if (parent !== "") {
      this.read(parent);
    }
    const link = [...(parent === "" ? [] : [parent]), kind, id].join("/");
    const settings = kind === "colls" ? containerSettings(body) : body;
    if (this.#file.first("select 1 from resources where link = ?", link) !== undefined) {
      throw conflict();
    }
    const resource = this.#stamped(settings, link, randomBytes(kind === "dbs" ? 3 : 6).toString("base64"));
    return this.#file.transaction(() => {
      this.#file.run(
        "insert into resources (link, parent, body) values (?, ?, ?)",
        link,
        parent,
        JSON.stringify(resource),
      );
      if (kind === "colls") {
        this.#openContainer(link).documents.create(containerSettings(body));
      }
      return resource;
    });
  }

  /** @throws Refusal 400 for a change of what is fixed, 404. */
  replaceContainer(link: string, body: JsonObject): JsonObject {
    const stored = this.read(link);
    const settings = containerSettings(body);
    if (fixedSettings(settings) !== fixedSettings(containerSettings(stored))) {
      throw badRequest("Id, partition key and unique keys of a container cannot be changed.");
    }
    const resource = this.#stamped(settings, link, textAt(stored, "/_rid"));
    this.#file.run("update resources set body = ? where link = ?", JSON.stringify(resource), link);
    this.#containers.delete(link);
    this.container(link).documents.index(settings);
    return resource;
  }

  /** @throws Refusal 404. */
  delete(link: string): void {
    this.read(link);
    this.#file.transaction(() => this.#remove(link));
  }

  /** @throws Refusal 404 with the sub-status of a missing owner. */
  container(link: string): Container {
    const known = this.#containers.get(link);
    if (known !== undefined) {
      return known;
    }
    const opened = this.#openContainer(link);
    opened.documents.removeExpired();
    return opened;
  }

  #remove(link: string): void {
    for (const { link: child } of this.#file.all("select link from resources where parent = ?", link)) {
      this.#remove(String(child));
    }
    if (link.includes("/colls/")) {
      this.container(link).documents.drop();
      this.#containers.delete(link);
    }
    this.#file.run("delete from resources where link = ?", link);
  }

  #openContainer(link: string): Container {
    const row = this.#file.first("select number, body from resources where link = ?", link);
    if (row === undefined) {
      throw notFound(1003);
    }
    const body = resourceOf(row["body"]);
    const container: Container = {
      link,
      rid: textAt(body, "/_rid"),
      settings: containerSettings(body),
      documents: new DocumentTable(this.#file, `documents_${String(row["number"])}`, this.#nowSeconds),
      nextSequence: () => this.#sequence(NEXT_SEQUENCE, link),
      lastSequence: () => this.#sequence(LAST_SEQUENCE, link),
    };
    this.#containers.set(link, container);
    return container;
  }

  #sequence(sql: string, link: string): number {
    return Number(this.#file.first(sql, link)?.["sequence"]);
  }

  #stamped(body: object, link: string, rid: string): JsonObject {
    const system = { _rid: rid, _self: `${link}/`, _ts: this.#nowSeconds(), _etag: `"${randomUUID()}"` };
    return resourceOf(JSON.stringify({ ...body, ...system }));
  }
}

function resourceOf(text: unknown): JsonObject {
  const resource = parseJson(String(text));
  return isObject(resource) ? resource : {};
}

function checkedId(id: unknown): string {
  if (typeof id !== "string" || id.length === 0 || id.length > 255 || /[/\\?#]|\s$/.test(id)) {
    throw badRequest(
      "The input name is invalid. Ensure to provide a unique non-empty string less than '255' characters without " +
        "'/', '\\', '?', '#' or a space at its end.",
    );
  }
  return id;
}
