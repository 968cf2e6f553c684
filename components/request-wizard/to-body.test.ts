import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestBody } from "#lib/requests/schema.ts";
import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { specArbitrary, specInputArbitrary, tablesArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { emptySpec, type FormValues, tableForm } from "./form-values.ts";
import { fromDraft, toDraft, toSpecForm, toTableForms } from "./from-body.ts";
import { toBody, toSpec } from "./to-body.ts";
import { validate } from "./validate.ts";

const naming = { pattern: "{project}-{environment}-{key}", key: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" };

/** The form writes every key's type down; a spec may leave S out. */
const withAllTypes = (spec: TableSpec): TableSpec => ({
  ...spec,
  attribute_types: Object.fromEntries(keyAttributes(spec).map((name) => [name, attributeType(spec, name)])),
});

const formOf = (tables: Record<string, TableSpec>): FormValues => ({
  project: "shop",
  environment: "dev",
  justification: "We count carts.",
  tables: toTableForms(Object.entries(tables).map(([key, spec]) => ({ key, spec }))),
});

describe("a spec in the form", () => {
  it("comes out as it went in", () => {
    fc.assert(
      fc.property(specArbitrary, (spec) => {
        expect(tableSpecSchema.parse(toSpec(toSpecForm(spec)))).toEqual(withAllTypes(spec));
      }),
    );
  });

  it("may come with fields left out or null, as a tfvars map holds it", () => {
    fc.assert(
      fc.property(specInputArbitrary, (input) => {
        const spec = tableSpecSchema.parse(input);
        expect(tableSpecSchema.parse(toSpec(toSpecForm({ ...input })))).toEqual(withAllTypes(spec));
      }),
    );
  });

  it("survives a draft, half-typed too", () => {
    const half = {
      ...emptySpec,
      read_capacity: "1x",
      tags: [
        { key: "Team", value: "a" },
        { key: "Team", value: "" },
      ],
    };
    const form = { project: "", environment: "", justification: "", tables: [tableForm("", half)] };
    const kept = JSON.parse(JSON.stringify(toDraft(form, "keys")));
    expect(fromDraft(kept).tables[0]?.spec).toEqual(half);
    fc.assert(
      fc.property(specArbitrary, (spec) => {
        const filled = formOf({ events: spec });
        const again = fromDraft(JSON.parse(JSON.stringify(toDraft(filled, "keys"))));
        expect(again.tables[0]?.spec).toEqual(filled.tables[0]?.spec);
      }),
    );
  });
});

it("saving the form leaves the notes of its import as they are stored, until they are dismissed", () => {
  const form = formOf({});
  expect(toDraft(form, "keys")).not.toHaveProperty("notes");
  expect(toDraft(form, "keys", true).notes).toEqual([]);
});

it("a form of valid tables has no fault, and its body is one that the server takes", () => {
  fc.assert(
    fc.property(tablesArbitrary, (tables) => {
      const form = formOf(tables);
      // Names of fewer than 3 characters cannot come up with a project before them.
      expect(validate(form, naming)).toEqual([]);
      expect(requestBody.safeParse(toBody(form)).success).toBe(true);
    }),
  );
});

describe("what is expected of a table", () => {
  const usage = { events: { reads_per_second: 0.5, writes_per_second: 15, item_kb: 2, items: 1_000_000 } };
  const tables = { events: { partition_key: "id" }, carts: { partition_key: "id" } };
  const specs = Object.entries(tables).map(([key, spec]) => ({ key, spec: tableSpecSchema.parse(spec) }));

  it("goes into the body beside the specs, and comes back into the form of a stored request or draft", () => {
    const form = { ...formOf({}), tables: toTableForms(specs, usage) };
    expect(toBody(form)).toMatchObject({ usage });
    const body = toBody(fromDraft(JSON.parse(JSON.stringify(toDraft(form, "capacity")))));
    expect(body.usage).toEqual(usage);
    expect(body.tables.events).not.toHaveProperty("items");
    expect(requestBody.safeParse(body).success).toBe(true);
  });

  it("is left out where nothing was typed, and what is no figure is named beside its field", () => {
    const form = { ...formOf({}), tables: toTableForms(specs) };
    expect(toBody(form)).not.toHaveProperty("usage");
    form.tables[0]!.spec = { ...form.tables[0]!.spec, items: "a lot", item_kb: "401" };
    const faults = validate(form, naming);
    expect(faults.map(({ path }) => path).sort()).toEqual(["item_kb", "items"]);
    expect(faults.every(({ uid }) => uid === form.tables[0]!.uid)).toBe(true);
  });
});

describe("what the form hides", () => {
  const keyed = { ...emptySpec, partition_key: "id" };
  it.each([
    ["capacities on demand", { billing_mode: "PAY_PER_REQUEST", read_capacity: "5", write_capacity: "x" }],
    [
      "request units when provisioned",
      {
        billing_mode: "PROVISIONED",
        read_capacity: "5",
        write_capacity: "5",
        max_read_request_units: "-1",
      },
    ],
    ["the key of another encryption", { encryption: "aws_owned", kms_key_id: "alias/mine" }],
    ["the attribute of a TTL that is off", { enable_ttl: false, ttl_attribute: "x".repeat(300) }],
    ["the days of a recovery that is off", { point_in_time_recovery_days: "400" }],
    [
      "attributes of an index that takes none",
      {
        global_secondary_indexes: [
          {
            name: "by-mail",
            partition_key: "mail",
            partition_key_type: "S",
            sort_key: "",
            sort_key_type: "N",
            projection_type: "ALL",
            non_key_attributes: "a\nb",
            read_capacity: "7",
            write_capacity: "",
          },
        ],
      },
    ],
  ])("refuses nothing: %s", (_, typed) => {
    expect(tableSpecSchema.safeParse(toSpec({ ...keyed, ...(typed as object) })).error).toBeUndefined();
  });
});
