import { expect, test } from "vitest";
import { placeNamedIn } from "./show-place.ts";

const text = "tables = {\n  a = {{\n}\n";

test.each([
  ["Line 1, column 1: …", 0],
  ["Line 2, column 7: …", 17],
  ["Line 2, column 99: …", 19],
  ["Line 99, column 1: …", text.length],
  ["There is no DynamoDB table in the text.", 0],
])("%s is at %i", (message, place) => {
  expect(placeNamedIn(message, text)).toBe(place);
});
