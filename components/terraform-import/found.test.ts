import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDraft } from "#components/request-wizard/from-body.ts";
import { toBody } from "#components/request-wizard/to-body.ts";
import { draftContent } from "#lib/requests/draft-schema.ts";
import { createBody } from "#lib/requests/schema.ts";
import { tablesArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import type { TerraformImport } from "#lib/terraform-import/terraform-import.ts";
import { maxWarnings, WarningList } from "#lib/terraform-import/warning-list.ts";
import { foundDraft } from "./found.ts";

const place = { project: "shop", environment: "dev" };
const asStored = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("the draft of what was found", () => {
  it("is one that can be stored, however many and long the warnings and keys are", () => {
    const text = fc
      .tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 700 }))
      .map(([unit, times]) => unit.repeat(times));
    const told = fc.array(fc.tuple(text, text), { maxLength: 2 * maxWarnings });
    fc.assert(
      fc.property(text, told, (key, all) => {
        const warnings = new WarningList();
        for (const [path, message] of all) warnings.add(path, message);
        const tables = { [key]: { partition_key: "id" } };
        const found: TerraformImport = { tables, warnings: warnings.list() };
        const content = asStored(foundDraft(found, place));
        expect(draftContent.safeParse(content).error).toBeUndefined();
        expect(content.tables[0].key.isWellFormed()).toBe(true);
        expect(content.notes).toHaveLength(found.warnings.length);
      }),
      { numRuns: 30 },
    );
  });

  it("opens in the wizard as the tables that were read", () => {
    fc.assert(
      fc.property(tablesArbitrary, (tables) => {
        const content = asStored(foundDraft({ tables, warnings: [] }, place));
        const body = toBody(fromDraft({ ...content, justification: "We count carts." }));
        const sent = createBody.parse(body).tables;
        for (const [key, spec] of Object.entries(tables)) {
          const { attribute_types: _, ...rest } = spec;
          expect(sent[key]).toMatchObject(rest);
        }
        expect(Object.keys(sent)).toEqual(Object.keys(tables));
      }),
      { numRuns: 50 },
    );
  });

  it("keeps a field empty that only Terraform knows", () => {
    const content = foundDraft({ tables: { events: { sort_key: "at" } }, warnings: [] }, place);
    expect(fromDraft(asStored(content)).tables[0]!.spec).toMatchObject({ partition_key: "", sort_key: "at" });
  });
});
