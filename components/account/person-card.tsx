import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Note } from "#components/ui/note.tsx";
import type { PersonView } from "#lib/people/schema.ts";

type PersonCardProps = {
  person: PersonView;
  /** Projects whose tables the person sees; absent where it is not known. */
  projects?: readonly string[];
};

/** Who a person is, as their last sign-in told. `PersonCard({ person, projects })`. */
export function PersonCard({ person, projects }: PersonCardProps) {
  return (
    <Card>
      <CardHeader title="Account" />
      <CardBody className="stack">
        {person.groups_problem ? <Note tone="warn">{person.groups_problem}</Note> : null}
        <DefinitionList>
          <Definition term="Name">{person.name}</Definition>
          <Definition term="E-mail">{person.email}</Definition>
          <Definition term="Groups">
            {person.groups.join(", ") || "none"}
            <p className="text-ink-2 text-sm">As they were at the last sign-in.</p>
          </Definition>
          {projects ? <Definition term="Projects">{projects.join(", ") || "none"}</Definition> : null}
        </DefinitionList>
      </CardBody>
    </Card>
  );
}
