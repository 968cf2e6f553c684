import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { communities } from "./corpus/communities.fixture.ts";
import { modules } from "./corpus/modules.fixture.ts";
import { resources } from "./corpus/resources.fixture.ts";
import { values } from "./corpus/values.fixture.ts";

/**
 * What is expected of a text: its tables, each as what is not as by default and which fields are `open`, and the paths
 * of the warnings in any order; or the message that refuses it.
 */
export type Expectation =
  | { tables: Record<string, Record<string, unknown>>; warnings: string[] }
  | { refused: RegExp };

/** Expectations by the name of the file in `corpus`, without its ending. */
export type Corpus = Record<string, Expectation>;

const folder = path.join(import.meta.dirname, "corpus");

/** Every text of the corpus, by name. */
export const texts: ReadonlyMap<string, string> = new Map(
  globSync("*.tf", { cwd: folder })
    .sort()
    .map((file) => [path.basename(file, ".tf"), readFileSync(path.join(folder, file), "utf8")]),
);

export const expectations = new Map(Object.entries({ ...modules, ...resources, ...communities, ...values }));

/** Who imports in tests: a member of `shop`, in the environments of the repository's configuration. */
export const member = {
  kind: "user",
  id: "00000000-0000-4000-8000-000000000000",
  email: "dana@example.com",
  name: "Dana",
  groups: [],
  projects: ["shop"],
  platform: false,
  auditor: false,
  scopes: null,
} as const;
