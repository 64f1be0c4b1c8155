import type {
  DroppedFile,
  DroppedItem,
  DropFileReader,
  DropFileType,
} from "../../application/ports/drop-file-reader.ts";
import { decodeDropFile } from "./decode-drop-file.ts";
import { dropFileFault } from "./drop-file-fault.ts";
import { readCsv } from "./read-csv.ts";
import { readJson, readJsonLines } from "./read-json.ts";
import { blocksOf, readSubtitles } from "./read-subtitles.ts";

/** {@link DropFileReader} for files that fit into memory. */
export const textDropFiles: DropFileReader = {
  read(type, bytes) {
    const file = fileOf(type, decodeDropFile(bytes));
    if (file.items.length === 0) {
      throw dropFileFault(1, "the file holds nothing to speak");
    }
    return file;
  },
};

function fileOf(type: DropFileType, text: string): DroppedFile {
  return type === "json" ? readJson(text) : { items: itemsOf(type, text), settings: {} };
}

function itemsOf(type: Exclude<DropFileType, "json">, text: string): readonly DroppedItem[] {
  switch (type) {
    case "txt":
      return blocksOf(text).map(({ line, lines }) => ({
        line,
        fields: { text: lines.map((each) => each.trim()).join(" ") },
      }));
    case "ssml":
      return text.trim() === "" ? [] : [{ line: 1, fields: { ssml: text } }];
    case "csv":
      return readCsv(text);
    case "jsonl":
      return readJsonLines(text);
    case "srt":
    case "vtt":
      return readSubtitles(text);
  }
}
