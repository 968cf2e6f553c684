import { blockPath, hclPath } from "./hcl-path.ts";
import type { Report } from "./section.ts";
import { type Definitions, ValueReader } from "./value.ts";

/** A block of a text, its labels in its path; `content` is as the parser gave it. */
export type Block = { type: string; labels: string[]; path: string; content: unknown };

/** A text, taken apart: blocks, and the assignments of a tfvars file. */
export type Document = {
  blocks: Block[];
  definitions: Definitions;
  reader: ValueReader;
};

/** How many labels a block of this type has in Terraform. */
const labelCounts: Record<string, number> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  check: 1,
  locals: 0,
  terraform: 0,
  moved: 0,
  import: 0,
  removed: 0,
};

const isObject = (json: unknown): json is object =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** The path of what stands at these segments of a text, block types and labels first. */
export function pathOf(segments: readonly (string | number)[]): string {
  const type = String(segments[0] ?? "");
  const labels = Object.hasOwn(labelCounts, type) ? (labelCounts[type] ?? 0) : 0;
  return hclPath(blockPath(type, segments.slice(1, labels + 1).map(String)), ...segments.slice(labels + 1));
}

/** Takes apart what the parser gave of a whole text; what has not the shape of its block is reported. */
export function readDocument(parsed: unknown, report: Report): Document {
  const blocks: Block[] = [];
  const assigned = new Map<string, unknown>();
  for (const [name, json] of Object.entries(isObject(parsed) ? parsed : {})) {
    if (Object.hasOwn(labelCounts, name)) blocks.push(...blocksOf(name, [], json, report));
    else assigned.set(name, json);
  }
  const definitions = { locals: localsOf(blocks, report), assigned, defaults: defaultsOf(blocks) };
  return { blocks, definitions, reader: new ValueReader(definitions) };
}

function blocksOf(type: string, labels: string[], json: unknown, report: Report): Block[] {
  const path = blockPath(type, labels);
  if (Array.isArray(json) && labels.length === labelCounts[type]) {
    return json.map((content) => ({ type, labels, path, content }));
  }
  if (isObject(json) && labels.length < (labelCounts[type] ?? 0)) {
    return Object.entries(json).flatMap(([label, inner]) =>
      blocksOf(type, [...labels, label], inner, report),
    );
  }
  report(
    path,
    `A ${type} block in Terraform is written ${type} ${'"…" '.repeat(labelCounts[type] ?? 0)}{ … }. It is left out.`,
  );
  return [];
}

function localsOf(blocks: readonly Block[], report: Report): Map<string, unknown> {
  const locals = new Map<string, unknown>();
  for (const { type, content } of blocks) {
    if (type !== "locals" || !isObject(content)) continue;
    for (const [name, json] of Object.entries(content)) {
      if (locals.has(name)) {
        report(hclPath("local", name), "Defined twice; the first definition was read.");
      } else locals.set(name, json);
    }
  }
  return locals;
}

function defaultsOf(blocks: readonly Block[]): Map<string, unknown> {
  return new Map(
    blocks.flatMap(({ type, labels, content }) =>
      type === "variable" && isObject(content) && "default" in content
        ? [[labels[0] ?? "", content.default]]
        : [],
    ),
  );
}
