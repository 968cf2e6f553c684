import { expect, test } from "vitest";
import { notifiesWords } from "./needs-words.ts";

const people = ["Ana", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus"];

test.each([
  [[], [], "platform, in the portal; nobody of it has signed in yet"],
  [["Pat"], [], "platform, in the portal; 1 person: Pat"],
  [
    ["Pat", "Priya"],
    ["email", "slack"],
    "platform, in the portal, by e-mail and in Slack; 2 people: Pat, Priya",
  ],
  [
    people,
    ["webhook"],
    "platform, in the portal and by webhook; 7 people: Ana, Ben, Cleo, Dan, Eve and 2 more",
  ],
])("whom a request tells is said by name and way: %j %j", (names, channels, words) => {
  expect(notifiesWords({ group: "platform", people: names, people_count: names.length, channels })).toBe(
    words,
  );
});
