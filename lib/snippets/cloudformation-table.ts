import type { CreateTableInput } from "#lib/provisioning/create-table-input.ts";
import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import type { SnippetTable } from "./snippet.ts";

/** Days that CloudFormation keeps backups when a template does not say. */
const defaultRecoveryDays = 35;

/** What only an approved table of the portal carries: a copy made elsewhere is not managed here. */
const ownershipTags = new Set(["ManagedBy", "tablewright:table-id"]);

/** The properties of `AWS::DynamoDB::Table`; those that are absent have CloudFormation's default. */
export type TableProperties = Omit<CreateTableInput, "StreamSpecification" | "SSESpecification"> & {
  StreamSpecification?: { StreamViewType: string };
  SSESpecification?: { SSEEnabled: true; SSEType?: "KMS"; KMSMasterKeyId?: string };
  TimeToLiveSpecification?: { AttributeName: string; Enabled: true };
  PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled: true; RecoveryPeriodInDays?: number };
};

function encryption(wanted: CreateTableInput["SSESpecification"]): Pick<TableProperties, "SSESpecification"> {
  if (!wanted) return {};
  const { Enabled, ...key } = wanted;
  return { SSESpecification: { SSEEnabled: Enabled, ...key } };
}

function timeToLive(calls: readonly PlannedCall[]): Pick<TableProperties, "TimeToLiveSpecification"> {
  const call = calls.find((planned) => planned.call === "UpdateTimeToLive");
  if (!call) return {};
  const { AttributeName, Enabled } = call.input.TimeToLiveSpecification;
  return { TimeToLiveSpecification: { AttributeName, Enabled } };
}

function recovery(calls: readonly PlannedCall[]): Pick<TableProperties, "PointInTimeRecoverySpecification"> {
  const call = calls.find((planned) => planned.call === "UpdateContinuousBackups");
  if (!call) return {};
  const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = call.input.PointInTimeRecoverySpecification;
  return {
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled,
      ...(RecoveryPeriodInDays !== defaultRecoveryDays && { RecoveryPeriodInDays }),
    },
  };
}

/**
 * A table in CloudFormation's words: exactly the calls that were approved for it, in one resource. Says the billing
 * mode always, because CloudFormation's default is PROVISIONED, and every other property only where it is no default.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export function tableProperties({ name, spec, tags }: SnippetTable): TableProperties {
  const carried = Object.fromEntries(Object.entries(tags).filter(([key]) => !ownershipTags.has(key)));
  const calls = plan({ name, spec, tags: carried, unsupported: [] }, { exists: false });
  const create = calls.find((planned) => planned.call === "CreateTable");
  if (!create) throw new Error(`No CreateTable in the plan of ${name}.`);
  const { StreamSpecification: stream, SSESpecification, Tags, ...same } = create.input;
  return {
    ...same,
    ...(stream && { StreamSpecification: { StreamViewType: stream.StreamViewType } }),
    ...encryption(SSESpecification),
    ...timeToLive(calls),
    ...recovery(calls),
    ...(Tags && { Tags }),
  };
}
