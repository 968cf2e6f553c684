import type { ApprovalEntryView } from "#components/request-details/request-page.ts";

/** Most names that are spelled out. */
const namesShown = 3;

/** "you, Alex or 4 others": the reader first. */
function anyOf({ next: names, nextCount }: ApprovalEntryView, me: string): string {
  const others = names.filter((name) => name !== me);
  const ordered = names.includes(me) ? ["you", ...others] : others;
  const rest = nextCount - namesShown;
  const shown = rest > 1 ? [...ordered.slice(0, namesShown), `${rest} others`] : ordered;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

export type EntryPlace = "met" | "turn" | "later";

/** Where each entry stands: all before the first unmet one are met, that one has the turn, the rest come later. */
export function entryPlaces(entries: readonly Pick<ApprovalEntryView, "given" | "count">[]): EntryPlace[] {
  const turn = entries.findIndex((entry) => entry.given < entry.count);
  return entries.map((_, index) => {
    if (turn === -1 || index < turn) return "met";
    return index === turn ? "turn" : "later";
  });
}

/** How many approvals an entry has: "1 of 2", "2 of 2"; for one that comes later "then 1". */
export function countWords({ given, count }: ApprovalEntryView, place: EntryPlace): string {
  return place === "later" ? `then ${count - given}` : `${given} of ${count}`;
}

/** Who can give the next approval, in words; empty once the entry is met. `me` is the reader's name. */
export function whoNextWords(entry: ApprovalEntryView, place: EntryPlace, me: string): string {
  if (place === "met") return "";
  if (entry.next.length === 0) return `nobody of ${entry.group} who has signed in can give it`;
  const names = anyOf(entry, me);
  if (place === "turn") return `${names} next`;
  return `${names.replace(/^you\b/, "You")}, after that`;
}

/** What goes on where nobody can give the approval whose turn it is; null where somebody can, or none is missing. */
export function deadEndWords(entries: readonly ApprovalEntryView[]): string | null {
  const turn = entries[entryPlaces(entries).indexOf("turn")];
  if (!turn || turn.next.length > 0) return null;
  const begun = entries.some((entry) => entry.given > 0);
  const why = begun ? "A person counts once, so whoever has approved already cannot. " : "";
  return `${why}It waits until somebody ${begun ? "else " : ""}of ${turn.group} signs in. An edit by the person who asked has everybody asked anew.`;
}

/**
 * Warns a reader whose approval now would leave a later group without enough people, because a person counts once;
 * null when there is nothing to warn of.
 */
export function loneMemberWarning(entries: readonly ApprovalEntryView[], me: string): string | null {
  const places = entryPlaces(entries);
  const turn = entries[places.indexOf("turn")];
  if (!turn?.next.includes(me)) return null;
  const short = entries.find((entry, index) => {
    if (places[index] !== "later" || entry.group === turn.group || !entry.next.includes(me)) return false;
    return entry.nextCount - 1 < entry.count - entry.given;
  });
  if (!short) return null;
  const only = short.nextCount === 1 ? "the only one" : "one of the few";
  return `You are ${only} of ${short.group} who can approve, and a person counts once. If you approve for ${turn.group}, ${short.group} is short of people.`;
}
