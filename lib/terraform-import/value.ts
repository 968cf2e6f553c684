/** A value of a pasted text: literal as far as it can be read without running Terraform. */
export type Value = Literal | Computed | List | MapValue;
export type Literal = { kind: "literal"; value: string | number | boolean | null };
/** `hint`: what can be said of it all the same, a sentence; or null. */
export type Computed = { kind: "computed"; expression: string; hint: string | null };
export type List = { kind: "list"; items: Value[] };
/** Names that are computed themselves are in `computedNames`, with what they lead to. */
export type MapValue = {
  kind: "map";
  entries: ReadonlyMap<string, Value>;
  computedNames: readonly { expression: string }[];
};

const computed = (expression: string, hint: string | null = null): Computed => ({
  kind: "computed",
  expression,
  hint,
});
const literal = (value: Literal["value"]): Literal => ({ kind: "literal", value });

/** What names such as `local.x` lead to, as the parser gave it. */
export type Definitions = {
  locals: ReadonlyMap<string, unknown>;
  /** Values of variables: the assignments of a tfvars file. */
  assigned: ReadonlyMap<string, unknown>;
  /** Defaults of variables, which a caller may override; so they are told, never used. */
  defaults: ReadonlyMap<string, unknown>;
};

/** Longest text that is put together from other texts. */
const maxTextLength = 10_000;
/** Most values that are read of one text, so that locals which hold each other many times over cannot explode. */
const maxValues = 300_000;
const maxDepth = 200;

const referenceBody = String.raw`(local|var)\.([\p{ID_Start}_][\p{ID_Continue}-]*)((?:\.[\p{ID_Start}_][\p{ID_Continue}-]*|\["[^"\\$%]*"\]|\[\d+\])*)`;
const interpolated = new RegExp(String.raw`\$\{\s*${referenceBody}\s*\}`, "uy");
const step = /\.([\p{ID_Start}_][\p{ID_Continue}-]*)|\["([^"\\$%]*)"\]|\[(\d+)\]/gu;
const signs = /([$%])\1*\{/g;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const quoted = /^"((?:[^"\\$%\r\n]|[$%](?!\{)|\\[nrt"\\])*)"$/;
const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
const words = new Map<string, Literal["value"]>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Reads what the parser gave of one text, resolving `local.x` and assigned `var.x` where they lead to literals. */
export class ValueReader {
  /** Names of locals, and of variables with `var.` before them, that a value was taken from. */
  readonly used = new Set<string>();
  /** Variables whose default was told in a hint. */
  readonly told = new Set<string>();
  /** Made once for each variable: a text may refer to a large default very often. */
  private readonly hints = new Map<string, string>();
  private readonly definitions: Definitions;
  private left = maxValues;
  private readonly open = new Set<string>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** The value of a piece of the parsed text. */
  read(json: unknown, depth = 0): Value {
    this.left -= 1;
    if (this.left < 0 || depth > maxDepth)
      return computed("…", "The text refers to itself too often to be read.");
    if (typeof json === "string") return this.readText(json, depth);
    if (Array.isArray(json)) return { kind: "list", items: json.map((item) => this.read(item, depth + 1)) };
    if (typeof json === "object" && json !== null) return this.readMap(json, depth);
    if (typeof json === "number" && !Number.isFinite(json)) {
      return computed("1e309 or more", "A number of this size cannot be read.");
    }
    return literal(typeof json === "number" || typeof json === "boolean" ? json : null);
  }

  /**
   * The value of a block. What it is made for each of is not followed: a map of tables that stands there is read for
   * itself, not lost in a block that cannot be repeated.
   */
  readBlock(content: unknown): Value {
    const value = this.read(
      typeof content === "object" && content !== null && "for_each" in content
        ? { ...content, for_each: null }
        : content,
    );
    if (value.kind !== "map" || !value.entries.has("for_each")) return value;
    const { for_each: each } = content as { for_each: unknown };
    return { ...value, entries: new Map(value.entries).set("for_each", computed(JSON.stringify(each))) };
  }

  private readMap(json: object, depth: number): MapValue {
    const entries = new Map<string, Value>();
    const computedNames: { expression: string }[] = [];
    for (const [written, entry] of Object.entries(json)) {
      const name = this.readText(written, depth);
      if (name.kind === "literal" && typeof name.value !== "object") {
        entries.set(String(name.value), this.read(entry, depth + 1));
      } else computedNames.push({ expression: written });
    }
    return { kind: "map", entries, computedNames };
  }

  /** A text of the parser: literal, or with templates in it, or a whole expression. */
  private readText(text: string, depth: number): Value {
    let read = "";
    let from = 0;
    for (const found of text.matchAll(signs)) {
      if (found.index < from) continue;
      read += text.slice(from, found.index);
      from = found.index + found[0].length;
      if (found[0].length > 2) {
        read += found[0].slice(1);
        continue;
      }
      const part = this.interpolate(text, found.index, depth);
      if (part === null) return this.readExpression(text, depth);
      if (part.length === text.length) return part.value;
      if (part.value.kind !== "literal" || part.value.value === null)
        return computed(text, hintOf(part.value));
      from = found.index + part.length;
      read += String(part.value.value);
      if (read.length > maxTextLength)
        return computed(text.slice(0, 100), "The text grows too long to be read.");
    }
    return literal(read + text.slice(from));
  }

  /** The value of a reference that is a template for itself, and how many characters it takes; null if it is none. */
  private interpolate(text: string, at: number, depth: number): { value: Value; length: number } | null {
    interpolated.lastIndex = at;
    const found = interpolated.exec(text);
    if (!found) return null;
    const [whole, scope, name, rest] = found;
    return { value: this.follow(`${scope}.${name}`, rest ?? "", depth), length: whole.length };
  }

  private follow(reference: string, rest: string, depth: number): Value {
    const [scope, ...parts] = reference.split(".");
    const name = parts.join(".");
    const written = `${reference}${rest}`;
    const { locals, assigned } = this.definitions;
    const known = scope === "local" ? locals : assigned;
    if (!known.has(name)) return computed(written, scope === "var" ? this.tellDefault(name) : null);
    if (this.open.has(reference)) return computed(written, `${reference} refers to itself.`);
    this.open.add(reference);
    const value = this.read(known.get(name), depth + 1);
    this.open.delete(reference);
    this.used.add(reference);
    return walk(value, rest) ?? computed(written, `There is no such value in ${reference}.`);
  }

  private tellDefault(name: string): string | null {
    const { defaults } = this.definitions;
    if (!defaults.has(name)) return null;
    this.told.add(name);
    const known = this.hints.get(name);
    if (known !== undefined) return known;
    const shown = JSON.stringify(defaults.get(name)) ?? "";
    const clipped = shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
    const hint = `The default of var.${name} is ${clipped}, which a caller may override.`;
    this.hints.set(name, hint);
    return hint;
  }

  /** Literals and references in parentheses, which the parser leaves as written; everything else is computed. */
  private readExpression(text: string, depth: number): Value {
    const expression = /^\$\{([\s\S]*)\}$/.exec(text)?.[1] ?? text;
    let bare = expression.trim();
    while (bare.startsWith("(") && bare.endsWith(")")) bare = bare.slice(1, -1).trim();
    if (bare === expression.trim()) return computed(expression);
    if (number.test(bare)) return literal(Number(bare));
    const reference = this.interpolate(`\${${bare}}`, 0, depth);
    if (reference?.length === bare.length + 3) return reference.value;
    const word = words.get(bare);
    if (word !== undefined) return literal(word);
    const content = quoted.exec(bare)?.[1];
    if (content === undefined) return computed(expression);
    return literal(content.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter));
  }
}

const hintOf = (value: Value) => (value.kind === "computed" ? value.hint : null);

function walk(value: Value, rest: string): Value | undefined {
  let current: Value | undefined = value;
  for (const [, attribute, key, position] of rest.matchAll(step)) {
    const name = attribute ?? key;
    if (current?.kind === "computed") return current;
    if (current?.kind === "map" && name !== undefined) current = current.entries.get(name);
    else if (current?.kind === "list" && position !== undefined) current = current.items[Number(position)];
    else return undefined;
  }
  return current;
}
