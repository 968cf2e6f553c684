import { TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { RegionPrices } from "#lib/table-spec/prices.ts";

/** `endpoint` is "aws", "sandbox" or the address of an emulator; `tables` null: nobody has counted yet. */
export type RequestTarget = {
  endpoint: string;
  account: string;
  region: string;
  prices: RegionPrices | null;
  tables: { count: number; quota: number; seen_at: string } | null;
};

type TargetCardProps = { environment: string; target: RequestTarget };

const endpointWords: Record<string, string> = { aws: "AWS", sandbox: "the sandbox on this machine" };

/** Where the tables are made, and how full it is there. `TargetCard({ environment, target })`. */
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
          {target.tables ? (
            <Definition term="Tables there">
              <TableCount {...target.tables} />
            </Definition>
          ) : null}
        </DefinitionList>
      </CardBody>
    </Card>
  );
}

/** Full accounts are told of before CreateTable is refused. */
const nearlyFull = 0.9;

function TableCount({ count, quota, seen_at }: NonNullable<RequestTarget["tables"]>) {
  const words = `${count.toLocaleString("en")} of ${quota.toLocaleString("en")}`;
  return (
    <>
      {words} by AWS's default quota{" "}
      <span className="text-ink-2">
        · counted <RelativeTime at={seen_at} />
      </span>
      <meter
        aria-label="Tables of the quota"
        min={0}
        max={quota}
        value={count}
        // The browser's own track is white in the dark, as if it were full.
        className="mt-1 block h-1.5 w-full rounded-full bg-line [&::-moz-meter-bar]:bg-accent [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-line [&::-webkit-meter-bar]:bg-none [&::-webkit-meter-optimum-value]:bg-accent [&::-webkit-meter-optimum-value]:bg-none"
      >
        {words}
      </meter>
      {count >= quota * nearlyFull ? (
        <Badge tone="wait" icon={TriangleAlert}>
          nearly full
        </Badge>
      ) : null}
    </>
  );
}
