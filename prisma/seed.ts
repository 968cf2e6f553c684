import { seedDemoPeople } from "#lib/people/demo-people.ts";

/** Fills a fresh database of the demo; running it again changes nothing. */
export async function seedDemo(): Promise<void> {
  await seedDemoPeople();
}
