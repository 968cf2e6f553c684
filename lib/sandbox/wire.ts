// The parts of DynamoDB's requests that the sandbox reads, in DynamoDB's own words, as constraints.ts lets them through.

export type AttributeDefinition = { AttributeName: string; AttributeType: string };
export type KeySchemaElement = { AttributeName: string; KeyType: string };
export type Projection = { ProjectionType?: string; NonKeyAttributes?: string[] };
export type Throughput = { ReadCapacityUnits: number; WriteCapacityUnits: number };
export type OnDemandThroughput = { MaxReadRequestUnits?: number; MaxWriteRequestUnits?: number };
export type WarmThroughput = { ReadUnitsPerSecond?: number; WriteUnitsPerSecond?: number };
export type StreamSpecification = { StreamEnabled: boolean; StreamViewType?: string };
export type SseSpecification = { Enabled?: boolean; SSEType?: string; KMSMasterKeyId?: string };
export type Tag = { Key: string; Value: string };
export type BillingMode = "PROVISIONED" | "PAY_PER_REQUEST";

export type LocalIndexInput = { IndexName: string; KeySchema: KeySchemaElement[]; Projection: Projection };
export type GlobalIndexInput = LocalIndexInput & {
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
};

type TableSettings = {
  BillingMode?: BillingMode;
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
  StreamSpecification?: StreamSpecification;
  SSESpecification?: SseSpecification;
  TableClass?: string;
  DeletionProtectionEnabled?: boolean;
};

export type OnTable = { TableName?: string };

export type CreateTableInput = OnTable &
  TableSettings & {
    AttributeDefinitions: AttributeDefinition[];
    KeySchema: KeySchemaElement[];
    LocalSecondaryIndexes?: LocalIndexInput[];
    GlobalSecondaryIndexes?: GlobalIndexInput[];
    Tags?: { Key?: string; Value?: string }[];
  };

export type GlobalIndexUpdate = {
  Create?: GlobalIndexInput;
  Update?: Omit<GlobalIndexInput, "KeySchema" | "Projection">;
  Delete?: { IndexName: string };
};

export type UpdateTableInput = OnTable &
  TableSettings & {
    AttributeDefinitions?: AttributeDefinition[];
    GlobalSecondaryIndexUpdates?: GlobalIndexUpdate[];
  };

/** Who calls and where: the access key's account, the region of the signature's scope, the server's clock in ms. */
export type Caller = { account: string; region: string; now: number };
