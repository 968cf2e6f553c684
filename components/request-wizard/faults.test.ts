import { describe, expect, it } from "vitest";
import { controlId, faultStep, fieldName, pointedFaults } from "./faults.ts";
import { inFormWords } from "./field-words.ts";
import { duplicateOf, emptyGlobalIndex, emptySpec, type FormValues, tableForm } from "./form-values.ts";
import { typeDecidedBy } from "./key-types.ts";
import { stepOf, steps } from "./steps.ts";
import { validate } from "./validate.ts";

const naming = { pattern: "{project}-{environment}-{key}", key: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" };

const form: FormValues = {
  project: "shop",
  environment: "dev",
  justification: "We count carts.",
  tables: [
    tableForm("user-data", { ...emptySpec, partition_key: "user_id" }),
    tableForm("a/b", {
      ...emptySpec,
      partition_key: "event_type",
      sort_key: "at",
      tags: [
        { key: "Team", value: "carts" },
        { key: "m~n", value: "" },
      ],
      global_secondary_indexes: [
        { ...emptyGlobalIndex, name: "by-user", partition_key: "user", sort_key: "at" },
        { ...emptyGlobalIndex, name: "by-day", partition_key: "day" },
      ],
    }),
  ],
};

describe("an error of the server", () => {
  it.each([
    ["/project", undefined, "project", "where"],
    ["", undefined, "project", "where"],
    ["/body/justification", undefined, "justification", "where"],
    ["/tables/user-data", "name-taken", "tables.0.key", "where"],
    ["/tables/a~1b/sort_key", undefined, "tables.1.spec.sort_key", "keys"],
    ["/tables/a~1b/attribute_types/at", undefined, "tables.1.spec.sort_key_type", "keys"],
    [
      "/tables/a~1b/attribute_types/day",
      undefined,
      "tables.1.spec.global_secondary_indexes.1.partition_key_type",
      "indexes",
    ],
    ["/tables/a~1b/tags/m~0n", "tag-key", "tables.1.spec.tags.1.key", "indexes"],
    ["/tables/a~1b/tags/Team", "tag-value", "tables.1.spec.tags.0.value", "indexes"],
    [
      "/tables/a~1b/global_secondary_indexes/by-day",
      "index-name",
      "tables.1.spec.global_secondary_indexes.1.name",
      "indexes",
    ],
    [
      "/tables/a~1b/global_secondary_indexes/by-day/sort_key",
      undefined,
      "tables.1.spec.global_secondary_indexes.1.sort_key",
      "indexes",
    ],
    [
      "/tables/a~1b/global_secondary_indexes/by-day/non_key_attributes/3",
      undefined,
      "tables.1.spec.global_secondary_indexes.1.non_key_attributes",
      "indexes",
    ],
    ["/tables/a~1b/kms_key_id", undefined, "tables.1.spec.kms_key_id", "protection"],
    ["not a pointer", undefined, "project", "where"],
  ])("%s stands beside its field", (path, id, name, step) => {
    const [fault] = pointedFaults([{ path, message: "No.", id }], form);
    expect(fieldName(fault!, form.tables)).toBe(name);
    expect(faultStep(fault!)).toBe(step);
  });

  it("belongs to nothing once its table was removed", () => {
    const [fault] = pointedFaults([{ path: "/tables/user-data", message: "No." }], form);
    expect(fieldName(fault!, form.tables.slice(1))).toBeNull();
  });
});

it("every field of a spec's form stands in exactly one step", () => {
  for (const field of Object.keys(emptySpec)) {
    expect(steps.filter((step) => (step.fields as readonly string[]).includes(field))).toHaveLength(1);
    expect(stepOf(`${field}.0.name`)).toBe(stepOf(field));
  }
});

describe("the form finds", () => {
  const paths = (values: FormValues) =>
    validate(values, naming).map((fault) => fieldName(fault, values.tables));
  const keyed = { ...emptySpec, partition_key: "id" };

  it("what is missing in an empty request", () => {
    const empty = { project: "", environment: "", justification: " ", tables: [tableForm("")] };
    expect(paths(empty)).toEqual([
      "project",
      "environment",
      "justification",
      "tables.0.key",
      "tables.0.spec.partition_key",
    ]);
  });

  it("two tables of one key, at the second", () => {
    expect(paths({ ...form, tables: [tableForm("a1", keyed), tableForm("a1", keyed)] })).toEqual([
      "tables.1.key",
    ]);
  });

  it("names that stand twice in a list", () => {
    const tags = [
      { key: "Team", value: "a" },
      { key: "Team", value: "b" },
    ];
    expect(paths({ ...form, tables: [tableForm("a1", { ...keyed, tags })] })).toEqual([
      "tables.0.spec.tags.1.key",
    ]);
  });

  it("rules between fields, in the words of the form", () => {
    const table = tableForm("a1", { ...keyed, sort_key: "id" });
    expect(validate({ ...form, tables: [table] }, naming)).toEqual([
      {
        uid: table.uid,
        path: "sort_key",
        message: expect.stringMatching(/^Sort key is the same attribute as partition key/),
      },
    ]);
  });
});

it("words that somebody typed stay as they are", () => {
  expect(inFormWords('sort_key must be x, but is "sort_key \\" sort_key".')).toBe(
    'Sort key must be x, but is "sort_key \\" sort_key".',
  );
  expect(inFormWords('x has billing_mode "PROVISIONED"')).toBe("X has billing mode provisioned");
});

it("a copied table gets a key that is free", () => {
  const [first] = form.tables;
  const copy = duplicateOf(first!, form.tables);
  expect(copy.key).toBe("user-data-copy");
  expect(duplicateOf(first!, [...form.tables, copy]).key).toBe("user-data-copy-2");
  expect(copy.uid).not.toBe(first!.uid);
});

it("the first key field that names an attribute decides its type", () => {
  const spec = form.tables[1]!.spec;
  expect(typeDecidedBy(spec, "global_secondary_indexes.0.sort_key")?.nameField).toBe("sort_key");
  expect(typeDecidedBy(spec, "sort_key")).toBeNull();
});

it("a field's control has an id that needs no escaping", () => {
  expect(controlId("tables.0.spec.tags.1.key")).toBe("tables-0-spec-tags-1-key");
});
