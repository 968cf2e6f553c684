import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableSpecSchema } from "./schema.ts";
import { specArbitrary } from "./spec.arbitrary.ts";
import { reservedTagKeys } from "./tag-schemas.ts";
import { composeTags, tagProblems } from "./tags.ts";

const place = { project: "shop", environment: "dev", name: "shop-dev-events", tableId: "t-1" };

describe("a table's tags", () => {
  it("come from spec, platform, environment and the portal, the later winning", () => {
    const spec = tableSpecSchema.parse({
      partition_key: "id",
      sort_key: "at",
      type: "time-series",
      purpose: "Orders",
      tags: { a: "spec", b: "spec", c: "spec" },
    });
    const tags = composeTags({
      spec,
      configTags: { b: "platform", c: "platform" },
      environmentTags: { c: "environment" },
      ...place,
    });
    expect(tags).toEqual({
      a: "spec",
      b: "platform",
      c: "environment",
      Project: "shop",
      Environment: "dev",
      ManagedBy: "Tablewright",
      Name: "shop-dev-events",
      Purpose: "Orders",
      Type: "time-series",
      "tablewright:table-id": "t-1",
    });
  });

  it("of a valid spec are fine, whatever the spec, and always hold the platform's seven", () => {
    fc.assert(
      fc.property(specArbitrary, (spec) => {
        const tags = composeTags({
          spec,
          configTags: { Owner: "platform-team" },
          environmentTags: {},
          ...place,
        });
        expect(tagProblems(tags)).toEqual([]);
        expect(Object.keys(tags)).toEqual(expect.arrayContaining([...reservedTagKeys]));
      }),
    );
  });

  it.each([
    [50, 0],
    [51, 1],
  ])("may be 50 in all: %i", (count, problems) => {
    const tags = Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, ""]));
    expect(tagProblems(tags)).toHaveLength(problems);
  });

  it.each<Record<string, string>>([
    { "aws:x": "y" },
    { "": "y" },
    { "a@b": "y" },
    { a: "x".repeat(257) },
    { Project: "a&b" },
    { Name: "aws:x" },
  ])("cannot be %j", (tags) => {
    expect(tagProblems(tags)).toHaveLength(1);
  });
});
