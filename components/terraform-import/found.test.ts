import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDraft } from "#components/request-wizard/from-body.ts";
import { toBody } from "#components/request-wizard/to-body.ts";
import { draftContent, maxDraftNotes } from "#lib/requests/draft-schema.ts";
import { requestBody } from "#lib/requests/schema.ts";
import { tablesArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { foundDraft } from "./found.ts";

const place = { project: "shop", environment: "dev" };
const asStored = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("the draft of what was found", () => {
  it("is one that can be stored, whatever the paths and messages are", () => {
    const text = fc
      .string({ unit: "binary", maxLength: 3 })
      .chain((unit) => fc.integer({ min: 0, max: 700 }).map((times) => unit.repeat(times)));
    const warnings = fc.array(fc.record({ path: text, message: text }), { maxLength: 300 });
    fc.assert(
      fc.property(text, warnings, (key, list) => {
        const found = { tables: { [key]: { partition_key: "id" } }, warnings: list };
        const content = asStored(foundDraft(found, place));
        expect(draftContent.safeParse(content).error).toBeUndefined();
        for (const { path, message } of content.notes) expect((path + message).isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("opens in the wizard as the tables that were read", () => {
    fc.assert(
      fc.property(tablesArbitrary, (tables) => {
        const content = asStored(foundDraft({ tables, warnings: [] }, place));
        const body = toBody(fromDraft({ ...content, justification: "We count carts." }));
        const sent = requestBody.parse(body).tables;
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

  it("names each thing once, and says how many more there are than a draft holds", () => {
    const warning = (number: number) => ({
      path: `tables.t${number}.tags`,
      message: "var.tags is computed.",
    });
    const twice = foundDraft({ tables: {}, warnings: [warning(1), warning(1), warning(2)] }, place);
    expect(twice.notes).toEqual([warning(1), warning(2)]);
    const many = Array.from({ length: 260 }, (_, number) => warning(number));
    const notes = foundDraft({ tables: {}, warnings: many }, place).notes!;
    expect(notes).toHaveLength(maxDraftNotes);
    expect(notes.at(-1)!.message).toContain("61 more things");
    expect(foundDraft({ tables: {}, warnings: [] }, place).notes).toEqual([]);
  });
});
