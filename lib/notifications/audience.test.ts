import { expect, test } from "vitest";
import { audienceOf } from "./audience.ts";
import { type NotifiedEvent, notifiedEvents } from "./schema.ts";

/**
 * event (`+`: by whoever asked for the tables), state after it, whose turn, who was asked before → who is asked (`+`: once
 * more), whether those asked before hear of it, whether the requester does.
 */
const table = `
request.submit           submitted    platform  -         platform  no   no
request.approve-by-rule  approved     -         -         -         no   yes
request.resubmit         submitted    platform  -         platform  no   no
request.resubmit         submitted    platform  platform  platform  yes  no
request.re-evaluate      submitted    security  platform  security  yes  yes
request.approve          submitted    platform  platform  -         no   yes
request.approve          submitted    security  platform  security  yes  yes
request.approve          approved     -         platform  -         yes  yes
request.reject           rejected     -         platform  -         yes  yes
request.send-back        sent_back    -         platform  -         yes  yes
request.cancel           cancelled    -         platform  -         yes  yes
request.expire           expired      -         platform  -         yes  yes
request.remind           submitted    platform  platform  platform+ no   no
request.remind           sent_back    -         -         -         no   yes
request.comment          submitted    platform  platform  -         no   yes
request.comment          submitted    platform  -         platform  no   yes
request.comment+         submitted    platform  platform  platform+ no   yes
request.comment+         submitted    platform  -         platform+ no   yes
request.comment+         sent_back    -         -         -         no   yes
request.comment+         provisioning -         -         -         no   yes
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
  .map((line) => line.split(/\s+/) as string[]);
const bare = (cell: string | undefined) => cell!.replace("+", "");
const group = (cell: string | undefined) => (cell === "-" ? null : bare(cell));

test.each(rows)("%s, then %s with the turn of %s after that of %s: who is told", (...row) => {
  const [event, state, turn, asked, asks, handled, requester] = row;
  const byRequester = event!.endsWith("+");
  const facts = { state: state!, turn: group(turn), asked: group(asked), byRequester };
  expect(audienceOf({ event: bare(event) as NotifiedEvent, ...facts })).toEqual({
    asks: group(asks),
    again: asks!.endsWith("+"),
    handled: handled === "yes",
    tellsRequester: requester === "yes",
  });
});

test("every event that may be told has its line", () => {
  expect([...new Set(rows.map(([event]) => bare(event)))].toSorted()).toEqual(notifiedEvents.toSorted());
});
