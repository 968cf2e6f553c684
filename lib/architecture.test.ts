import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, importsOf, reachableFrom, sourceFiles } from "../scripts/import-graph.ts";

const files = sourceFiles();
const product = files.filter(
  (file) => !/\.(test|arbitrary|fixture)\.tsx?$/.test(file) && /^(app|components|lib)\//.test(file),
);
const imports = product.flatMap(importsOf);

/** Nouns in a line: each may import those before it, what must point back goes by the name of a job. */
const nouns = [
  "people",
  "environments",
  "guardrails",
  "tables",
  "requests",
  "provisioning",
  "notifications",
  "audit",
];
const pure = /^lib\/(table-spec|snippets|terraform-import)\/|^lib\/[a-z-]+\/(schema|state|policy|plan)\.ts$/;
const isNoun = new RegExp(`^lib/(${nouns.join("|")})/`);
const nounOf = (file: string) => nouns.indexOf(isNoun.exec(file)?.[1] ?? "");

type Rule = {
  /** Where a thing belongs, in the words that the person who broke the rule needs. */
  says: string;
  /** Files the rule is about. */
  from: RegExp;
  /** Imports it refuses there, save those that `unless` matches. */
  refuses: RegExp;
  unless?: (found: Import) => boolean;
};

/** Reaches nothing but zod and files of the same kind. */
const isPure = (file: string) =>
  existsSync(file) &&
  [...reachableFrom(file)]
    .flatMap(importsOf)
    .every(({ to, typeOnly }) => typeOnly || to === "zod" || /^(lib|components)\/(?!infra\/)/.test(to));

const rules: Rule[] = [
  {
    says: "Prisma and its generated client belong in lib/infra/db.ts; queries in a noun's store, queries and in core/audit",
    from: /^(?!lib\/infra\/|lib\/core\/|lib\/[a-z-]+\/([a-z-]*store|[a-z-]*queries)\.ts$).*/,
    refuses: /^(@prisma\/|prisma\/generated)/,
    unless: ({ typeOnly }) => typeOnly,
  },
  {
    says: "the AWS SDK belongs in lib/infra/aws (and in the sandbox, which speaks its protocol)",
    from: /^(?!lib\/(infra\/aws|sandbox)\/)/,
    refuses: /^@aws-sdk\//,
  },
  {
    says: "next/* belongs in app, components and lib/server",
    from: /^lib\/(?!server\/)/,
    refuses: /^next(\/|$)/,
  },
  {
    says: "React belongs in app, components, lib/client and lib/server",
    from: /^lib\/(?!server\/|client\/)/,
    refuses: /^react/,
  },
  {
    says: "a component gets its data and actions as props: it imports primitives, lib/client, and the pure parts of lib",
    from: /^components\//,
    refuses: /^(app|prisma|scripts)\/|^lib\/(?!client\/)/,
    unless: ({ to, typeOnly }) => isPure(to) || (typeOnly && to.startsWith("lib/core/")),
  },
  {
    says: "primitives in components/ui, form and data-table know no word of the domain",
    from: /^components\/(ui|form|data-table)\//,
    refuses: /^lib\/(?!client\/|core\/)|^components\/(?!ui\/|form\/|data-table\/)/,
  },
  {
    says: "a page reads through queries and lib/server, and shows components",
    from: /^app\/.*(page|layout)\.tsx$/,
    refuses: /^lib\/|^prisma\//,
    unless: ({ to, typeOnly }) =>
      typeOnly ||
      /^lib\/(server\/|infra\/(config|env)\.ts$|people\/demo-people\.ts$|tables\/snippets\.ts$)|\/[a-z-]*queries\.ts$/.test(
        to,
      ) ||
      isPure(to),
  },
  {
    says: "an action or a route hands on to one verb or query, by lib/server",
    from: /^app\/.*(actions|route)\.ts$/,
    refuses: /^lib\/(infra\/(?!readiness)|core|worker|sandbox|client)\/|^prisma\/|\/[a-z-]*store\.ts$/,
  },
  {
    says: "pure parts run anywhere: zod, core/decision and other pure files only",
    from: pure,
    refuses: /^(node:|lib\/(infra|server|client|worker|sandbox)\/|app\/|components\/|prisma\/)/,
  },
  {
    says: "lib never imports what is above it: app, components, scripts",
    from: /^lib\//,
    refuses: /^(app|components|scripts|e2e)\//,
  },
  {
    says: "core shapes the verbs and knows none of them",
    from: /^lib\/core\//,
    refuses: new RegExp(`${isNoun.source}|^lib/(server|client|worker)/`),
  },
  {
    says: "infra knows the outside world, not the nouns",
    from: /^lib\/infra\//,
    refuses: isNoun,
    unless: ({ to }) => isPure(to),
  },
  {
    says: "the sandbox stands alone, as AWS does",
    from: /^lib\/sandbox\//,
    refuses: /^(lib\/(?!sandbox\/)|prisma\/)/,
  },
  {
    says: "server, client and worker are the ways in: nothing below imports them",
    from: isNoun,
    refuses: /^lib\/(server|client|worker)\//,
  },
  {
    says: "server, client and worker never import each other",
    from: /^lib\/server\//,
    refuses: /^lib\/(client|worker)\//,
  },
  {
    says: "server, client and worker never import each other",
    from: /^lib\/client\//,
    refuses: /^lib\/(server|worker|infra)\//,
  },
  {
    says: "server, client and worker never import each other",
    from: /^lib\/worker\//,
    refuses: /^lib\/(server|client)\//,
  },
];

const line = ({ from, to }: Import) => `${from} imports ${to}`;

test.each(rules)("$says", ({ from, refuses, unless }) => {
  const broken = imports.filter(
    (found) => from.test(found.from) && refuses.test(found.to) && !unless?.(found),
  );
  expect(broken.map(line)).toEqual([]);
});

test(`nouns form a line: ${nouns.join(" → ")}`, () => {
  const backwards = imports.filter(
    ({ from, to }) => nounOf(from) >= 0 && nounOf(to) > nounOf(from) && !isPure(to),
  );
  expect(backwards.map(line)).toEqual([]);
});

test("no cycles: what two files need of each other belongs in a third", () => {
  const graph = new Map(
    product.map((file) => [
      file,
      imports.filter((found) => found.from === file && !found.typeOnly).map(({ to }) => to),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
    if (trail.includes(file) || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of product) visit(file, []);
  expect(cycles).toEqual([]);
});

describe("files", () => {
  test("no file is called utils, helpers, misc, common, types or index: name it after what it holds", () => {
    const vague = files.filter((file) =>
      /^(utils?|helpers?|misc|common|types|index)\.\w+$/.test(path.basename(file)),
    );
    expect(vague).toEqual([]);
  });

  test("no barrels: a file that only re-exports hides where things are", () => {
    const barrels = product.filter((file) => {
      const code = readFileSync(file, "utf8")
        .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
        .trim();
      return (
        code !== "" &&
        code.replace(/export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s+"[^"]+";?/g, "").trim() === ""
      );
    });
    expect(barrels).toEqual([]);
  });

  test("no file is longer than 400 lines: it holds more than one thing", () => {
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 401);
    expect(long).toEqual([]);
  });
});

test("paths that the documents cite exist", () => {
  const documents = [...globSync("docs/**/*.md"), ...globSync("*.md")];
  const missing = documents.flatMap((document) =>
    [
      ...readFileSync(document, "utf8").matchAll(
        /`((?:app|bench|components|docs|e2e|lib|prisma|scripts)\/[\w./()[\]-]+)`/g,
      ),
    ]
      .map((match) => match[1] ?? "")
      .filter((cited) => !existsSync(cited))
      .map((cited) => `${document} cites ${cited}`),
  );
  expect(missing).toEqual([]);
});
