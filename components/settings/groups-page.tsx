import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { GroupView, PeopleSettings, ProjectMembersView } from "#lib/people/schema.ts";

const groupColumns: Column<GroupView>[] = [
  {
    id: "name",
    header: "Group",
    cell: ({ name }) => <b className="mono [overflow-wrap:anywhere]">{name}</b>,
  },
  { id: "roles", header: "What it does", className: "text-ink-2", cell: ({ roles }) => roles.join("; ") },
  {
    id: "members",
    header: "Known to be in it",
    narrowLabel: "In it:",
    cell: ({ members }) =>
      members.length === 0 ? (
        <span className="text-ink-2">nobody who has signed in</span>
      ) : (
        <ul>
          {members.map(({ name, email }) => (
            <li key={email} className="[overflow-wrap:anywhere]">
              {name} <span className="text-ink-2">{email}</span>
            </li>
          ))}
        </ul>
      ),
  },
];

const projectColumns: Column<ProjectMembersView>[] = [
  {
    id: "name",
    header: "Project",
    cell: ({ name }) => (
      <Link href={`/projects/${encodeURIComponent(name)}`} prefetch={false} className="link mono">
        {name}
      </Link>
    ),
  },
  {
    id: "developers",
    header: "Developers",
    className: "[overflow-wrap:anywhere]",
    cell: ({ groups, emails }) => {
      const entries = [...groups.map((group) => `the group ${group}`), ...emails];
      return entries.length === 0 ? (
        <span className="text-ink-2">none; the platform group asks</span>
      ) : (
        entries.join(", ")
      );
    },
  },
];

/** Groups, who is in them, and the developers of the projects one may see. `GroupsPage({ settings })`. */
export function GroupsPage({ settings }: { settings: PeopleSettings }) {
  const { groups, projects } = settings;
  return (
    <SettingsFrame current="/settings/groups">
      <Card>
        <CardHeader title="Groups" aside="As of each person's last sign-in" />
        <DataTable label="Groups" columns={groupColumns} rows={groups} rowKey={({ name }) => name} />
      </Card>
      <Card>
        <CardHeader title="Projects" aside="Those you may see" />
        {projects.length === 0 ? (
          <CardBody className="text-ink-2">You are a developer of no project.</CardBody>
        ) : (
          <DataTable label="Projects" columns={projectColumns} rows={projects} rowKey={({ name }) => name} />
        )}
      </Card>
    </SettingsFrame>
  );
}
