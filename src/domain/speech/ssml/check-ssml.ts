import { ATTRIBUTES } from "./ssml-attributes.ts";
import type { SsmlIssue } from "./ssml-issue.ts";
import type { SsmlElement } from "./ssml-tree.ts";

const IN_SENTENCE = [
  "break",
  "sub",
  "phoneme",
  "say-as",
  "bookmark",
  "prosody",
  "lang",
  "emphasis",
  "mstts:express-as",
];
const IN_PARAGRAPH = ["s", ...IN_SENTENCE];
const IN_BLOCK = ["p", ...IN_PARAGRAPH];
const IN_VOICE = [...IN_BLOCK, "mstts:silence", "mstts:viseme", "mstts:audioduration"];

/** Children of each element; what is missing here is empty. @see https://github.com/Azure-Samples/Cognitive-Speech-TTS/tree/master/SsmlSchema */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  speak: ["voice", ...IN_VOICE],
  voice: IN_VOICE,
  p: IN_PARAGRAPH,
  s: IN_SENTENCE,
  prosody: IN_BLOCK,
  "mstts:express-as": IN_BLOCK,
  emphasis: IN_SENTENCE.filter((name) => name !== "emphasis"),
  lang: ["phoneme"],
  "say-as": [],
  sub: [],
  phoneme: [],
};

/** Elements that exist and that this service refuses, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  audio: "this service fetches no files",
  lexicon: "this service fetches no files; use the lexicon field",
  "mstts:backgroundaudio": "this service fetches no files",
  "mstts:voiceconversion": "this service fetches no files",
  "mstts:ttsembedding": "a cloned voice is chosen with voiceId, or with its id as the name of <voice>",
  "mstts:dialog": "voices for several speakers are not offered; use one <voice> per turn",
  "mstts:turn": "voices for several speakers are not offered; use one <voice> per turn",
  mark: "use <bookmark mark='...'/>",
  metadata: "it is never spoken",
  meta: "it is never spoken",
};

/** Finds everything that no voice accepts: wrong root, unknown or misplaced elements, wrong attribute values. */
export function checkSsml(root: SsmlElement): readonly SsmlIssue[] {
  if (root.name !== "speak") {
    return [issue(root, "The root element must be <speak>.")];
  }
  const issues: SsmlIssue[] = [];
  const hasVoices = root.children.some((child) => child.kind === "element" && child.name === "voice");
  if (hasVoices) {
    issues.push(...misplacedBesideVoices(root));
  }
  visit(root, issues);
  return issues;
}

function visit(parent: SsmlElement, issues: SsmlIssue[]): void {
  issues.push(...attributeIssues(parent));
  const allowed = CHILDREN[parent.name];
  for (const child of parent.children) {
    if (child.kind === "text") {
      if (allowed === undefined && child.text.trim() !== "") {
        issues.push(issue(parent, `<${parent.name}> must be empty.`));
      }
      continue;
    }
    const reason = misplacement(child, parent.name);
    if (reason === undefined) {
      visit(child, issues);
    } else {
      issues.push(issue(child, reason));
    }
  }
}

function misplacement(child: SsmlElement, parentName: string): string | undefined {
  const refusal = REFUSED[child.name];
  if (refusal !== undefined) {
    return `<${child.name}> is refused: ${refusal}.`;
  }
  if (ATTRIBUTES[child.name] === undefined) {
    return `<${child.name}> is no element that can be spoken.`;
  }
  const isAllowed = CHILDREN[parentName]?.includes(child.name) === true;
  return isAllowed ? undefined : `<${child.name}> must not stand in <${parentName}>.`;
}

function attributeIssues(element: SsmlElement): readonly SsmlIssue[] {
  const rules = Object.entries(ATTRIBUTES[element.name] ?? {});
  return rules.flatMap(([name, rule]) => {
    const value = element.attributes[name];
    if (value === undefined) {
      return rule.isRequired === true
        ? [issue(element, `<${element.name}> needs the attribute ${name}.`)]
        : [];
    }
    return rule.accepts(value) ? [] : [issue(element, `${name} of <${element.name}> must be ${rule.hint}.`)];
  });
}

/** Once there is a `<voice>`, everything spoken must stand in one. */
function misplacedBesideVoices(root: SsmlElement): readonly SsmlIssue[] {
  return root.children.flatMap((child) => {
    if (child.kind === "text") {
      return child.text.trim() === ""
        ? []
        : [issue(root, "Text beside <voice> must stand in a <voice> too.")];
    }
    return child.name === "voice" ? [] : [issue(child, `<${child.name}> must stand in a <voice>.`)];
  });
}

function issue({ position }: SsmlElement, message: string): SsmlIssue {
  return { position, message };
}
