import { db } from "#lib/infra/db.ts";

/** The people of demo mode, who sign in with one click. There are no others, and none outside demo mode. */
export const demoPeople = [
  { email: "dana@example.com", name: "Dana", groups: [], about: "Developer of shop" },
  { email: "noor@example.com", name: "Noor", groups: [], about: "Developer of billing" },
  { email: "pat@example.com", name: "Pat", groups: ["platform"], about: "Platform team" },
  { email: "priya@example.com", name: "Priya", groups: ["platform"], about: "Platform team" },
  {
    email: "alex@example.com",
    name: "Alex",
    groups: ["platform", "security"],
    about: "Platform and security",
  },
] as const;

const idOf = (name: string) => `demo-${name.toLowerCase()}`;
const demoIds = new Set(demoPeople.map(({ name }) => idOf(name)));

/** Whether this is one of the demo's people, whom anybody could be: outside demo mode they are nobody, unless linked. */
export function isDemoPerson(id: string): boolean {
  return demoIds.has(id);
}

/** Makes the demo people where they are missing, and gives them back the groups they are known for. */
export async function seedDemoPeople(): Promise<void> {
  for (const { email, name, groups } of demoPeople) {
    const person = { email, name, groups: [...groups] };
    await db().user.upsert({
      where: { email },
      create: { id: idOf(name), ...person },
      update: { name, groups: [...groups] },
    });
  }
}
