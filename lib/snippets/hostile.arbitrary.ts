import fc from "fast-check";
import { keyAttributeName } from "#lib/table-spec/field-schemas.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { attributeNameArbitrary, specArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { tagKeyProblem, tagValueProblem } from "#lib/table-spec/tag-schemas.ts";

/** Pieces that come alive, vanish or change their type in some format when they are not escaped there. */
const pieces = [
  // HCL templates and runs of their signs
  `\${x}`,
  "%{if true}",
  "%{ endif }",
  "$${",
  "$$${",
  "%%{",
  "%%%{x}",
  "$",
  "%",
  "{",
  "}",
  // CloudFormation, CDK, JavaScript, HTML
  `\${AWS::Region}`,
  `\${!x}`,
  `\${Token[X.1]}`,
  "{{resolve:ssm:x}}",
  "</script>",
  "<!--",
  "`",
  `\${\`x\`}`,
  // shells
  "$(rm -rf)",
  "&{x}",
  "'",
  "!",
  "!!",
  "$HOME",
  "*",
  "~",
  ";",
  "|",
  "&",
  "--",
  // quotes and escapes
  '"',
  '"""',
  "\\",
  "\\n",
  "\\u0041",
  "\\x41",
  "'''",
  // spreadsheets and command lines
  "=cmd",
  "+1",
  "@sum",
  "file://",
  "fileb://x",
  "http://x",
  // YAML
  "yes",
  "no",
  "on",
  "null",
  "true",
  "1e3",
  "0x1f",
  "0o7",
  "1_000",
  "012",
  "2026-01-01",
  ".inf",
  "<<",
  "- a",
  "# x",
  "a: b",
  "? a",
  "a #b",
  "*a",
  "&a",
  "!Ref a",
  "!!str",
  "[a]",
  "{a: b}",
  "---",
  "...",
  "%YAML",
  // invisible, bidirectional and odd characters
  "\u202e",
  "\u200f",
  "\u2066",
  "\u200b",
  "\u200d",
  "\ufeff",
  "\u2028",
  "\u2029",
  "\u00a0",
  "\u3000",
  "\u00ad",
  "\u{e0041}",
  "\u{1d173}",
  "\ufffe",
  "\u{10ffff}",
  "\ue000",
  // letters of all kinds, and signs beyond the first plane
  "\u00e9",
  "가",
  "👩‍👩‍👧",
  "🇩🇪",
  "👍🏽",
  "𝒳",
  "שלום",
  "क्षि",
  "名",
  " ",
  "  ",
  "\u0e33",
  // words of the formats themselves
  "constructor",
  "for",
  "if",
  "in",
  "a-b",
  "a.b",
  "a/b",
  "m~n",
  "a",
  "Z",
  "_",
  "9",
];

/** Texts that have another spelling in Unicode's normal form C, which HCL makes of every text. Rare, as in life. */
const otherSpellings = ["e\u0301", "\u212b", "\u1100\u1161", "a\u0323\u0307"];

const isAttributeName = (name: string) => keyAttributeName("name").safeParse(name).success;

/** Attribute names that DynamoDB and the schema allow and that some format would misread: never a control character. */
export const hostileStringArbitrary: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 30, arbitrary: fc.constantFrom(...pieces) },
    {
      weight: 60,
      arbitrary: fc
        .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 })
        .map((parts) => parts.join("")),
    },
    { weight: 20, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 12 }) },
    { weight: 10, arbitrary: attributeNameArbitrary },
    { weight: 1, arbitrary: fc.constantFrom(...otherSpellings) },
  )
  .filter(isAttributeName);

/** Texts that a tag may hold and that some format would misread. */
const hostileTagText = fc
  .array(fc.constantFrom(...pieces.filter((piece) => tagValueProblem("", piece) === null)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(""));

/** The spec with every attribute name changed by `rename`, which must not make two names one. */
function renamed(spec: TableSpec, rename: (name: string) => string): TableSpec {
  const maybe = (name: string | null) => (name === null ? null : rename(name));
  const mapped = <T, R>(map: Record<string, T>, change: (entry: T) => R) =>
    Object.fromEntries(Object.entries(map).map(([name, entry]) => [name, change(entry)]));
  return {
    ...spec,
    partition_key: rename(spec.partition_key),
    sort_key: maybe(spec.sort_key),
    attribute_types: Object.fromEntries(
      Object.entries(spec.attribute_types).map(([name, type]) => [rename(name), type]),
    ),
    ttl_attribute: rename(spec.ttl_attribute),
    global_secondary_indexes: mapped(spec.global_secondary_indexes, (index) => ({
      ...index,
      partition_key: rename(index.partition_key),
      sort_key: maybe(index.sort_key),
      non_key_attributes: index.non_key_attributes?.map(rename) ?? null,
    })),
    local_secondary_indexes: mapped(spec.local_secondary_indexes, (index) => ({
      ...index,
      sort_key: rename(index.sort_key),
      non_key_attributes: index.non_key_attributes?.map(rename) ?? null,
    })),
  };
}

/** Valid, complete specs of every shape whose attribute names, purpose and tags are hostile. */
export const hostileSpecArbitrary: fc.Arbitrary<TableSpec> = fc
  .record({
    spec: specArbitrary,
    names: fc.uniqueArray(hostileStringArbitrary, { minLength: 13, maxLength: 13 }),
    purpose: hostileTagText,
    tags: fc.dictionary(
      hostileTagText.filter((key) => tagKeyProblem(key) === null),
      hostileTagText,
      { maxKeys: 4, noNullPrototype: true },
    ),
  })
  .map(({ spec, names, purpose, tags }) => {
    const given = new Map<string, string>();
    const rename = (name: string) => {
      const known = given.get(name) ?? names[given.size]!;
      given.set(name, known);
      return known;
    };
    return tableSpecSchema.parse({ ...renamed(spec, rename), purpose, tags });
  });
