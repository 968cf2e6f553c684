/** What a look at a text shows before it is parsed. */
export type HclScan = {
  /** More brackets, strings and templates within each other than `maxHclDepth`; the look ended there. */
  tooDeep: boolean;
  /**
   * Names given twice in one place, by the segments that lead there. The parser keeps the last of two entries of a map
   * and drops a block beside an attribute of the same name, without a word.
   */
  repeated: (string | number)[][];
};

/** The parser is recursive; deeper than anything people write, far from what its stack bears. */
export const maxHclDepth = 100;

type Frame = {
  /** What ends it: a bracket, a quote, or the word that ends a heredoc. */
  closer: string;
  kind: "code" | "template";
  path: (string | number)[];
  attributes: Set<string>;
  blocks: Set<string>;
  /** Here a name may begin: at the start of a map, after a comma or a line break. */
  fresh: boolean;
  /** Where what comes next stands, below `path`. */
  next: (string | number)[];
};

const closers: Record<string, string> = { "{": "}", "[": "]", "(": ")" };
const space = /[ \t]*/y;
const comment = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const word = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const plainString = /"((?:[^"\\$%\r\n]|\\.|[$%](?!\{))*)"/y;
const heredoc = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const line = /[^\n]*/y;

/** Reads HCL roughly: in one pass, without recursion, whatever the text is. */
export function scanHcl(text: string): HclScan {
  const scan = new Scanner(text);
  while (scan.at < text.length && scan.depth <= maxHclDepth) scan.step();
  return { tooDeep: scan.depth > maxHclDepth, repeated: scan.repeated };
}

class Scanner {
  at = 0;
  depth = 0;
  repeated: (string | number)[][] = [];
  readonly text: string;
  readonly frames: Frame[] = [];

  constructor(text: string) {
    this.text = text;
    this.open("code", "", []);
  }

  step(): void {
    const frame = this.frames.at(-1)!;
    if (frame.kind === "template") this.readTemplate(frame);
    else this.readCode(frame);
  }

  private open(kind: Frame["kind"], closer: string, path: Frame["path"]): void {
    const empty = { attributes: new Set<string>(), blocks: new Set<string>(), fresh: true };
    this.frames.push({ closer, kind, path, ...empty, next: closer === "]" ? [0] : [] });
    this.depth = Math.max(this.depth, this.frames.length - 1);
  }

  private close(): void {
    if (this.frames.length > 1) this.frames.pop();
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private readCode(frame: Frame): void {
    if (this.match(comment)) return;
    const character = this.text[this.at] ?? "";
    if (frame.fresh && this.readName(frame)) return;
    const marker = this.match(heredoc);
    if (marker) {
      this.open("template", marker[1]!, []);
      return;
    }
    this.at += 1;
    if (character === "\n" && frame.closer !== "]" && frame.closer !== ")") this.renew(frame);
    else if (character === ",") this.renew(frame);
    else if (!/\s/.test(character)) frame.fresh = false;
    if (character === '"') this.open("template", '"', []);
    else if (Object.hasOwn(closers, character)) {
      this.open("code", closers[character]!, [...frame.path, ...frame.next]);
    } else if (character === frame.closer) this.close();
  }

  private renew(frame: Frame): void {
    const [position] = frame.next;
    frame.next = frame.closer === "]" && typeof position === "number" ? [position + 1] : [];
    frame.fresh = frame.closer === "}" || frame.closer === "";
  }

  /** `name =`, `name :`, or the beginning of a block. False where there is no name. */
  private readName(frame: Frame): boolean {
    const name = this.readWord();
    if (name === null) return false;
    frame.fresh = false;
    this.match(space);
    if (/^(?:=(?![=>])|:)/.test(this.text.slice(this.at, this.at + 2))) {
      if (frame.attributes.has(name) || frame.blocks.has(name)) this.repeated.push([...frame.path, name]);
      frame.attributes.add(name);
      frame.next = [name];
      return true;
    }
    const labels = [name];
    for (let label = this.readWord(); label !== null; label = this.readWord()) {
      labels.push(label);
      this.match(space);
    }
    if (this.text[this.at] !== "{") return true;
    if (frame.attributes.has(name)) this.repeated.push([...frame.path, name]);
    frame.blocks.add(name);
    frame.next = labels;
    return true;
  }

  private readWord(): string | null {
    const quoted = this.match(plainString);
    if (quoted) return quoted[1]!;
    return this.match(word)?.[0] ?? null;
  }

  private readTemplate(frame: Frame): void {
    const quoted = frame.closer === '"';
    if (!quoted && (this.at === 0 || this.text[this.at - 1] === "\n")) {
      const start = this.at;
      if (this.match(line)![0].trim() === frame.closer) {
        this.close();
        return;
      }
      this.at = start;
    }
    const run = /^[$%]+/.exec(this.text.slice(this.at, this.at + 200))?.[0] ?? "";
    const character = this.text[this.at];
    if (run !== "") {
      this.at += run.length;
      const escaped = run.length > 1 && run.at(-1) === run.at(-2);
      if (this.text[this.at] !== "{") return;
      this.at += 1;
      if (!escaped) this.open("code", "}", []);
    } else if (quoted && (character === '"' || character === "\n")) {
      this.at += 1;
      this.close();
    } else this.at += quoted && character === "\\" ? 2 : 1;
  }
}
