import { expect, test } from "vitest";
import { audienceOf } from "./audience.ts";
import { type NotifiedEvent, notifiedEvents } from "./schema.ts";

/** event, state after it, whose turn, who was asked before → who is asked, whether those asked before hear of it, whether the requester does. */
const table = `
request.submit           submitted    platform  -         platform  no   no
request.approve-by-rule  approved     -         -         -         no   yes
request.resubmit         submitted    platform  -         platform  no   no
request.resubmit         submitted    platform  platform  platform  yes  no
request.re-evaluate      submitted    security  platform  security  yes  no
request.approve          submitted    platform  platform  -         no   yes
request.approve          submitted    security  platform  security  yes  yes
request.approve          approved     -         platform  -         yes  yes
request.reject           rejected     -         platform  -         yes  yes
request.send-back        sent_back    -         platform  -         yes  yes
request.cancel           cancelled    -         platform  -         yes  yes
request.expire           expired      -         platform  -         yes  yes
request.remind           submitted    platform  platform  platform  no   no
request.remind           sent_back    -         -         -         no   yes
request.comment          submitted    platform  platform  -         no   yes
request.comment          submitted    platform  -         platform  no   yes
request.retry            approved     -         -         -         no   no
request.start            provisioning -         -         -         no   no
request.complete         completed    -         -         -         no   yes
request.fail             failed       -         -         -         no   yes
table.create             provisioning -         -         -         no   no
table.activate           provisioning -         -         -         no   no
table.fail               provisioning -         -         -         no   no
table.delete             provisioning -         -         -         no   no
table.gone               provisioning -         -         -         no   no
`;
const rows = table
  .trim()
  .split("\n")
  .map((line) => line.split(/\s+/) as [NotifiedEvent, ...string[]]);
const group = (cell: string | undefined) => (cell === "-" ? null : cell!);

test.each(rows)("%s, then %s with the turn of %s after that of %s: who is told", (...row) => {
  const [event, state, turn, asked, asks, handled, requester] = row;
  expect(audienceOf({ event, state: state!, turn: group(turn), asked: group(asked) })).toEqual({
    asks: group(asks),
    handled: handled === "yes",
    tellsRequester: requester === "yes",
  });
});

test("every event that may be told has its line", () => {
  expect([...new Set(rows.map(([event]) => event))].toSorted()).toEqual(notifiedEvents.toSorted());
});
