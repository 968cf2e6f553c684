import type { CheckEnvironmentAction } from "#components/settings/check-button.tsx";
import { EnvironmentCard } from "#components/settings/environment-card.tsx";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { TagList } from "#components/settings/tag-list.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import type { EnvironmentView } from "#lib/environments/schema.ts";

type EnvironmentsPageProps = {
  settings: {
    environments: readonly EnvironmentView[];
    naming: { pattern: string; key: string };
    tags: Readonly<Record<string, string>>;
  };
  checkRefusal: string | null;
  checkAction: CheckEnvironmentAction;
};

/** Environments in promotion order, names and tags. `EnvironmentsPage({ settings, checkRefusal, checkAction })`. */
export function EnvironmentsPage({ settings, checkRefusal, checkAction }: EnvironmentsPageProps) {
  const { environments, naming, tags } = settings;
  return (
    <SettingsFrame current="/settings">
      {environments.map((environment) => (
        <EnvironmentCard
          key={environment.name}
          environment={environment}
          checkRefusal={checkRefusal}
          checkAction={checkAction}
        />
      ))}
      <Card>
        <CardHeader title="Names and tags" />
        <CardBody>
          <DefinitionList>
            <Definition term="A table is called">
              <code>{naming.pattern}</code>
            </Definition>
            <Definition term="A key must fit">
              <code>{naming.key}</code>
            </Definition>
            <Definition term="Tags everywhere">
              <TagList tags={tags} none="none beside Tablewright's own" />
            </Definition>
          </DefinitionList>
        </CardBody>
      </Card>
    </SettingsFrame>
  );
}
