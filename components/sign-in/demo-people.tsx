import { PersonButton } from "#components/sign-in/person-button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Note } from "#components/ui/note.tsx";

export type DemoPerson = { email: string; name: string; role: string; groups: readonly string[] };

type DemoPeopleProps = {
  appName: string;
  people: readonly DemoPerson[];
  /** Gets the chosen e-mail as the field `email`. */
  action: (form: FormData) => Promise<void>;
  /** Where to go afterwards: sent as the field `next`. */
  next?: string;
  /** Why the last try failed, in words. */
  problem?: string | null;
};

/** Sign-in of the demo: one card a person, one click. `DemoPeople({ appName, people, action, next, problem })`. */
export function DemoPeople({ appName, people, action, next, problem }: DemoPeopleProps) {
  return (
    <main id="main" className="mx-auto grid max-w-xl gap-5 px-4 py-[8vh]">
      <div>
        <h1>{appName}</h1>
        <p className="pt-1 text-ink-2">
          This is a demo, so nobody has a password. Choose who you are; sign out to be somebody else.
        </p>
      </div>
      {problem ? (
        <Note tone="bad" live>
          {problem}
        </Note>
      ) : null}
      <ul className={classNames("grid gap-2.5", people.length > 1 && "sm:grid-cols-2")}>
        {people.map((person) => (
          <li key={person.email} className="grid">
            <form action={action} className="grid">
              <input type="hidden" name="email" value={person.email} />
              {next ? <input type="hidden" name="next" value={next} /> : null}
              <PersonButton {...person} />
            </form>
          </li>
        ))}
      </ul>
    </main>
  );
}
