import { Pause } from "lucide-react";
import { CheckButton, type CheckEnvironmentAction } from "#components/settings/check-button.tsx";
import { CheckResult } from "#components/settings/check-result.tsx";
import { TagList } from "#components/settings/tag-list.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import type { EnvironmentView } from "#lib/environments/schema.ts";

type EnvironmentCardProps = {
  environment: EnvironmentView;
  /** Why the reader may not start a check; null if they may. */
  checkRefusal: string | null;
  checkAction: CheckEnvironmentAction;
};

/** Where tables of an environment are made, and what the last check found. `EnvironmentCard({ environment, checkRefusal, checkAction })`. */
export function EnvironmentCard({ environment, checkRefusal, checkAction }: EnvironmentCardProps) {
  const { name, account, region, endpoint, role_arn, has_external_id, paused, tags, check } = environment;
  const underWay = check !== null && check.ended_at === null;
  return (
    <Card id={`environment-${name}`}>
      <CardHeader
        title={name}
        badges={
          paused ? (
            <Badge tone="wait" icon={Pause}>
              paused
            </Badge>
          ) : null
        }
        aside={
          <CheckButton environment={name} underWay={underWay} refusal={checkRefusal} action={checkAction} />
        }
      />
      <CardBody>
        <DefinitionList>
          <Definition term="Account, region">
            <code>{account}</code> · <code>{region}</code>
          </Definition>
          <Definition term="Calls go to">{endpoint === null ? "AWS" : <code>{endpoint}</code>}</Definition>
          {endpoint === null ? (
            <Definition term="Role" copy={role_arn}>
              {role_arn === null ? (
                "none: workers use the credentials they have"
              ) : (
                <>
                  <code>{role_arn}</code>
                  <span className="block text-ink-2 text-sm">
                    {has_external_id ? "assumed with an external id" : "assumed without an external id"}
                  </span>
                </>
              )}
            </Definition>
          ) : null}
          {paused ? <Definition term="Paused">nothing runs here; approved requests wait</Definition> : null}
          <Definition term="Tags">
            <TagList tags={tags} none="none of its own" />
          </Definition>
        </DefinitionList>
      </CardBody>
      <CheckResult check={check} />
    </Card>
  );
}
