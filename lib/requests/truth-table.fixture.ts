import { type ActorKind, actorKinds } from "#lib/authorization.scene.fixture.ts";
import { type RequestEvent, type RequestState, requestStates } from "./state.ts";

/** What can happen to a request: what moves it, and a word in its conversation. */
export type Happening = RequestEvent | "comment";

/** Why somebody who sees a request may not, in the words they are shown; the name stands in the table. */
export const reasons: Record<string, string> = {
  own: "You cannot decide on your own request; somebody else has to",
  turn: 'It is the turn of the group "platform", which you are not in',
  reads: "Auditors see everything and change nothing",
  asker: "Only the person who asked can change the request",
  either: "Only the person who asked or the platform group can do this",
  person: "Only a person can do this",
  portal: "Only Tablewright itself does this",
};

/**
 * Every event in every state by every kind of actor, written by hand from the contract (states, "Decisions", "Who sees
 * what"). The request is the requester's, in the project shop, for `prod`; the group of `in-turn` decides first, that of
 * `out-of-turn` after it.
 *
 * `yes`: it happens. `404`: may not even see the request. `409`: sees it, and it is in no state for this. A word of
 * `reasons`: sees it, and may not. `stays`: workers look and leave it as it is. `-`: there is nobody whom it could ask.
 */
const table = `
states of a request                                                       requester member stranger in-turn out-of-turn admin auditor auditor-in-all nobody own-token admin-token system
submit
  draft                                                                   yes       404    404      404     404         404   404     404            404    yes       404         404
  submitted sent_back approved provisioning completed failed              409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
approve
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted                                                               own       turn   404      yes     turn        turn  reads   reads          404    own       turn        person
  sent_back approved provisioning completed failed                        409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
reject
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted                                                               own       turn   404      yes     turn        turn  reads   reads          404    own       turn        person
  sent_back approved provisioning completed failed                        409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
send-back
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted                                                               own       turn   404      yes     turn        turn  reads   reads          404    own       turn        person
  sent_back approved provisioning completed failed                        409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
resubmit
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted sent_back failed                                              yes       asker  404      asker   asker       asker asker   asker          404    yes       asker       person
  approved provisioning completed                                         409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
cancel
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted sent_back approved failed                                     yes       either 404      either  either      yes   reads   reads          404    yes       yes         person
  provisioning completed                                                  409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
retry
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  failed                                                                  yes       either 404      either  either      yes   reads   reads          404    yes       yes         person
  submitted sent_back approved provisioning completed                     409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
comment
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         person
  submitted sent_back approved provisioning completed failed              yes       yes    404      yes     yes         yes   reads   reads          404    yes       yes         person
  rejected cancelled expired                                              yes       yes    404      yes     yes         yes   reads   reads          404    yes       yes         person
expire
  draft                                                                   409       404    404      404     404         404   404     404            404    409       404         409
  submitted sent_back                                                     portal    portal 404      portal  portal      portal portal portal         404    portal    portal      yes
  approved provisioning completed failed                                  409       409    404      409     409         409   409     409            404    409       409         409
  rejected cancelled expired                                              409       409    404      409     409         409   409     409            404    409       409         409
return
  approved                                                                -         -      -        -       -           -     -       -              -      -         -           yes
  draft submitted sent_back provisioning completed failed                 -         -      -        -       -           -     -       -              -      -         -           stays
  rejected cancelled expired                                              -         -      -        -       -           -     -       -              -      -         -           stays
start
  approved                                                                -         -      -        -       -           -     -       -              -      -         -           yes
  draft submitted sent_back provisioning completed failed                 -         -      -        -       -           -     -       -              -      -         -           stays
  rejected cancelled expired                                              -         -      -        -       -           -     -       -              -      -         -           stays
complete
  provisioning                                                            -         -      -        -       -           -     -       -              -      -         -           yes
  approved                                                                -         -      -        -       -           -     -       -              -      -         -           409
  draft submitted sent_back completed failed rejected cancelled expired   -         -      -        -       -           -     -       -              -      -         -           stays
fail
  approved provisioning                                                   -         -      -        -       -           -     -       -              -      -         -           yes
  draft submitted sent_back completed failed rejected cancelled expired   -         -      -        -       -           -     -       -              -      -         -           stays
`;

export type Row = { event: Happening; state: RequestState; cells: Record<ActorKind, string> };

/** The rows of the table, one for each event and state; throws where a column or a cell is missing or too many. */
export function truthTable(): Row[] {
  const [head, ...lines] = table.trim().split("\n");
  const columns = head!.replace("states of a request", "").trim().split(/\s+/);
  if (columns.toSorted().join() !== actorKinds.toSorted().join())
    throw new Error(`The columns are ${columns}; kinds of actors are ${actorKinds}`);
  let event = "" as Happening;
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/);
    if (!line.startsWith(" ")) event = line as Happening;
    if (!line.startsWith(" ")) return [];
    const states = words.slice(0, -columns.length) as RequestState[];
    if (!states.every((state) => requestStates.includes(state))) throw new Error(`Not as wide: ${line}`);
    const cells = Object.fromEntries(columns.map((kind, at) => [kind, words.at(at - columns.length)!]));
    return states.map((state) => ({ event, state, cells: cells as Row["cells"] }));
  });
}
