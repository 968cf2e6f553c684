import { expect, it } from "vitest";
import { emptySpec, type FormValues, tableForm } from "./form-values.ts";
import { soundPart } from "./sound-part.ts";
import { validate } from "./validate.ts";

const naming = { pattern: "{project}-{environment}-{key}", key: "^[a-z]+$" };
const carts = tableForm("carts", { ...emptySpec, partition_key: "id" });
const unnamed = tableForm("", { ...emptySpec, partition_key: "id" });
const keyless = tableForm("orders", emptySpec);

const partOf = (form: Partial<FormValues>) => {
  const whole = { project: "shop", environment: "dev", justification: "We count.", tables: [carts], ...form };
  return soundPart(whole, validate(whole, naming));
};

it("is the whole of a form without a fault", () => {
  expect(partOf({})?.tables).toEqual([carts]);
});

it.each([
  ["has no key yet", unnamed],
  ["has no partition key yet", keyless],
  ["has the short name of another", tableForm("carts", carts.spec)],
  ["has usage that is no figure", tableForm("orders", { ...carts.spec, reads_per_second: "many" })],
])("leaves out a table that %s, and keeps the others", (_, unfinished) => {
  expect(partOf({ tables: [carts, unfinished] })?.tables).toEqual([carts]);
});

it("does not wait for the justification", () => {
  expect(partOf({ justification: "" })?.tables).toEqual([carts]);
});

it.each<[string, Partial<FormValues>]>([
  ["project", { project: "" }],
  ["environment", { environment: "" }],
  ["table", { tables: [keyless] }],
])("is nothing without a %s", (_, form) => {
  expect(partOf(form)).toBeNull();
});
