import { expect, test } from "vitest";
import { changesOf, denialWords } from "./outcome.ts";

const found = (key: string, message: string) => ({
  id: "no-streams",
  level: "warn",
  path: `/tables/${key}`,
  message,
});
const planned = (key: string, tag: string) => ({
  id: `id-${key}`,
  name: `shop-stage-${key}`,
  plan: [{ call: "CreateTable", input: { Tags: [tag] } }],
});
const waits = { rule: "default", required: [{ group: "platform", count: 1 }] };
const changes = (before: object, now: object) =>
  changesOf(
    { ...waits, pin: "before", ...before } as unknown as Parameters<typeof changesOf>[0],
    { ...waits, pin: "now", ...now } as unknown as Parameters<typeof changesOf>[1],
  );

test("what changed for many tables alike is one clause, and a rule's full stop does not end the sentence", () => {
  const before = { tables: [planned("a", "old"), planned("b", "old"), planned("c", "same")], findings: [] };
  const now = {
    tables: [planned("a", "new"), planned("b", "new"), planned("c", "same")],
    findings: ["a", "b", "c"].map((key) => found(key, "Streams cost money.")),
  };
  expect(changes(before, now)).toEqual([
    "other calls are planned for shop-stage-a, shop-stage-b",
    "the guardrail no-streams objects: Streams cost money",
  ]);
  expect(changes({ ...now, tables: [] }, { tables: [], findings: [] })).toEqual([
    "the guardrail no-streams no longer says what it said",
  ]);
});

test("a refusal says each reason once", () => {
  const denied = ["a", "b"].map((key) => ({ ...found(key, "Streams cost money."), level: "deny" as const }));
  expect(denialWords(denied)).toBe("Guardrails refuse it: no-streams: Streams cost money.");
});
