import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from "yaml";

/** One thing wrong with the file; `line` and `column` count from 1. */
export type ConfigProblem = { line: number; column: number; reason: string };

export type ConfigPath = readonly PropertyKey[];

export type ConfigDocument = {
  /** The file as plain values; undefined where it cannot be read at all. */
  value: unknown;
  problems: ConfigProblem[];
  /** Where the value at a path stands; `key: true` asks for its key. Missing parts answer their nearest parent. */
  locate(path: ConfigPath, options?: { key?: boolean }): { line: number; column: number };
  /** The value at a path as it is written in the file. */
  source(path: ConfigPath): string | undefined;
  /** The keys of the mapping at a path, in the order of the file. */
  keys(path: ConfigPath): string[];
};

const maxBytes = 256 * 1024;

/**
 * Reads YAML 1.2 (core schema) as plain data with positions. What makes a file mean something else than it looks
 * like is a problem: anchors, aliases, merge keys, duplicate keys, custom tags, keys that are no text, directives.
 */
export function readYaml(text: string): ConfigDocument {
  const lines = new LineCounter();
  const problems: ConfigProblem[] = [];
  const report = (offset: number, reason: string) => problems.push({ ...position(lines, offset), reason });
  const document = parse(text, lines, report);
  if (document?.contents && problems.length === 0) refuseTricks(document, report);
  const usable = document && problems.length === 0;
  return {
    value: usable ? document.toJS() : undefined,
    problems,
    locate: (path, options) => position(lines, offsetOf(document, path, options?.key ?? false)),
    source: (path) => {
      const node = path.length === 0 ? document?.contents : document?.getIn(path, true);
      return isScalar(node) ? node.source : undefined;
    },
    keys: (path) => {
      const node = path.length === 0 ? document?.contents : document?.getIn(path, true);
      return isMap(node)
        ? node.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key))
        : [];
    },
  };
}

type Report = (offset: number, reason: string) => void;

function parse(text: string, lineCounter: LineCounter, report: Report): Document | null {
  if (Buffer.byteLength(text) > maxBytes) {
    report(0, `the file is larger than ${maxBytes / 1024} KiB`);
    return null;
  }
  try {
    const options = {
      lineCounter,
      version: "1.2",
      schema: "core",
      merge: false,
      prettyErrors: false,
    } as const;
    const documents = parseAllDocuments(text, options);
    const [document, second] = Array.isArray(documents) ? documents : [];
    if (!document?.contents || (isScalar(document.contents) && document.contents.value === null)) {
      report(0, "the file is empty");
    }
    if (second) report(second.range?.[0] ?? 0, "the file holds more than one YAML document");
    if (document?.directives?.yaml.explicit)
      report(0, "a %YAML directive is not allowed; the file is YAML 1.2");
    for (const { pos, message } of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
      report(pos[0], message === "Map keys must be unique" ? "this key is given twice" : message);
    }
    return document ?? null;
  } catch (error) {
    report(0, `not readable as YAML: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function refuseTricks(document: Document, report: Report): void {
  const start = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
  visit(document, (_, node) => {
    if (isAlias(node)) report(start(node), "aliases (*) are not allowed; write the value out");
    else if (isNode(node) && "anchor" in node && node.anchor) {
      report(start(node), "anchors (&) are not allowed; write the value out where it is needed");
    }
    if (isPair(node)) {
      const key: unknown = isScalar(node.key) ? node.key.value : undefined;
      if (key === "<<") report(start(node.key), "merge keys (<<) are not allowed; write the keys out");
      else if (key === "__proto__") report(start(node.key), 'the key "__proto__" is not allowed');
      else if (typeof key !== "string") report(start(node.key), "a key must be text; put it in quotes");
    }
  });
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function offsetOf(document: Document | null, path: ConfigPath, wantsKey: boolean): number {
  let node: unknown = document?.contents;
  let offset = 0;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (!pair) return offset;
      const key = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
      offset = (last && wantsKey) || emptyNode(node) || !last ? key : startOf(node, key);
    } else {
      const item: unknown =
        isNode(node) && "items" in node ? (node.items as unknown[])[Number(step)] : undefined;
      if (item === undefined) return offset;
      node = item;
      offset = startOf(node, offset);
    }
  }
  return offset;
}

function emptyNode(node: unknown): boolean {
  return !node || (isScalar(node) && node.source === "");
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
