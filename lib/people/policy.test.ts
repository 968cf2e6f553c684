import { expect, test } from "vitest";
import type { Actor, UserActor } from "#lib/core/actor.ts";
import { canCreateToken, canDeactivate, canRevoke, canSeeBelongings, canSeePeople } from "./policy.ts";

const person = (id: string, more: Partial<UserActor> = {}): UserActor => ({
  kind: "user",
  id,
  email: `${id}@example.com`,
  name: id,
  groups: [],
  projects: [],
  platform: false,
  auditor: false,
  scopes: null,
  ...more,
});
const actors = {
  owner: person("owner"),
  "owner's token": person("owner", { scopes: ["read", "request", "approve"] }),
  other: person("other", { projects: ["shop"] }),
  platform: person("platform", { platform: true }),
  "platform's token": person("platform", { platform: true, scopes: ["read", "request", "approve"] }),
  auditor: person("auditor", { auditor: true }),
  "auditor in platform": person("auditor", { auditor: true, platform: true }),
  "command line": { kind: "system", job: "command-line" },
} satisfies Record<string, Actor>;
type Name = keyof typeof actors;

const managers: Name[] = ["platform", "command line"];
const readers: Name[] = ["platform", "platform's token", "auditor", "auditor in platform", "command line"];
const browsers: Name[] = ["owner", "other", "platform", "auditor", "auditor in platform"];
const rules: [string, (actor: Actor) => boolean, Name[]][] = [
  ["see people", canSeePeople, readers],
  ["see the owner's things", (a) => canSeeBelongings(a, "owner"), ["owner", "owner's token", ...readers]],
  ["revoke the owner's things", (a) => canRevoke(a, "owner").allowed, ["owner", ...managers]],
  ["deactivate the owner", (a) => canDeactivate(a, "owner").allowed, managers],
  ["deactivate the platform's person", (a) => canDeactivate(a, "platform").allowed, ["command line"]],
  ["make a token for themselves", (a) => canCreateToken(a).allowed, browsers],
];
const cases = rules.flatMap(([what, may, allowed]) =>
  (Object.keys(actors) as Name[]).map((who) => ({ who, what, may, answer: allowed.includes(who) })),
);

test.each(cases)("$who may $what: $answer", ({ who, may, answer }) => {
  expect(may(actors[who])).toBe(answer);
});
