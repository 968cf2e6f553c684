import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";

type TargetCardProps = {
  environment: string;
  /** `endpoint` is "aws", "sandbox" or the address of an emulator. */
  target: { endpoint: string; account: string; region: string };
};

const endpointWords: Record<string, string> = { aws: "AWS", sandbox: "the sandbox on this machine" };

/** Where the tables are made. `TargetCard({ environment, target })`. */
export function TargetCard({ environment, target }: TargetCardProps) {
  return (
    <Card>
      <CardHeader title="Target" />
      <CardBody>
        <DefinitionList>
          <Definition term="Environment">{environment}</Definition>
          <Definition term="Account, region">
            {target.account} · {target.region}
          </Definition>
          <Definition term="Made in">{endpointWords[target.endpoint] ?? target.endpoint}</Definition>
        </DefinitionList>
      </CardBody>
    </Card>
  );
}
