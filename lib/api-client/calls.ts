// Made from the OpenAPI document of API v1; do not edit. After a change of the API:
// npx vitest run lib/server/api/client-source.test.ts -u

export type TableSpecInput = {
  partition_key: string;
  sort_key?: string | null;
  attribute_types?: { [key: string]: "S" | "N" | "B" } | null;
  type?: "key-value" | "time-series" | null;
  billing_mode?: "PAY_PER_REQUEST" | "PROVISIONED" | null;
  enable_ttl?: boolean | null;
  ttl_attribute?: string | null;
  enable_point_in_time_recovery?: boolean | null;
  enable_stream?: boolean | null;
  stream_view_type?: "NEW_AND_OLD_IMAGES" | "NEW_IMAGE" | "OLD_IMAGE" | "KEYS_ONLY" | null;
  kms_key_id?: string | null;
  purpose?: string | null;
  encryption?: "aws_managed" | "aws_owned" | "customer_managed" | null;
  read_capacity?: number | null;
  write_capacity?: number | null;
  max_read_request_units?: number | null;
  max_write_request_units?: number | null;
  point_in_time_recovery_days?: number | null;
  deletion_protection?: boolean | null;
  table_class?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS" | null;
  global_secondary_indexes?: { [key: string]: GlobalSecondaryIndexInput } | null;
  local_secondary_indexes?: { [key: string]: LocalSecondaryIndexInput } | null;
  tags?: { [key: string]: string } | null;
};

export type TablesInput = { [key: string]: TableSpecInput };

export type GlobalSecondaryIndexInput = {
  partition_key: string;
  sort_key?: string | null;
  projection_type?: "ALL" | "KEYS_ONLY" | "INCLUDE" | null;
  non_key_attributes?: (string)[] | null;
  read_capacity?: number | null;
  write_capacity?: number | null;
};

export type LocalSecondaryIndexInput = {
  sort_key: string;
  projection_type?: "ALL" | "KEYS_ONLY" | "INCLUDE" | null;
  non_key_attributes?: (string)[] | null;
};

export type Decision = {
  version: number;
  comment?: string;
  acknowledged?: (string)[];
};

export type CommentedDecision = {
  version: number;
  comment: string;
  acknowledged?: (string)[];
};

export type Comment = {
  comment: string;
};

export type PreviewRequestBody = { kind: "create"; project: string; environment: string; tables: TablesInput; justification?: string; usage?: { [key: string]: { reads_per_second: number; writes_per_second: number; item_kb: number; items: number } } } | { kind: "decommission"; project: string; environment: string; tables: (string)[]; justification?: string };

export type SubmitRequestBody = { kind: "create"; project: string; environment: string; tables: TablesInput; justification: string; usage?: { [key: string]: { reads_per_second: number; writes_per_second: number; item_kb: number; items: number } } } | { kind: "decommission"; project: string; environment: string; tables: (string)[]; justification: string };

export type ApproveRequestBody = {
  version: number;
  comment?: string;
  acknowledged?: (string)[];
  usage?: { [key: string]: { reads_per_second: number; writes_per_second: number; item_kb: number; items: number } };
};

export type ResubmitRequestBody = { version: number; tables: TablesInput; justification?: string; usage?: { [key: string]: { reads_per_second: number; writes_per_second: number; item_kb: number; items: number } } } | { version: number; tables: (string)[]; justification?: string };

export type MakeSnippetsBody = {
  table_ids?: (string)[];
  request_id?: string;
  project?: string;
  environment?: string;
  format: "iam-policy" | "terraform-module" | "terraform" | "cloudformation" | "cdk" | "aws-cli" | "env";
  options?: { [key: string]: unknown };
};

export type ImportTerraformBody = {
  hcl: string;
};

export type Request = {
  id: string;
  number: number;
  kind: string;
  state: "draft" | "submitted" | "sent_back" | "approved" | "provisioning" | "completed" | "failed" | "rejected" | "cancelled" | "expired";
  version: number;
  project: string;
  environment: string;
  requester: string;
  requester_name: string;
  justification: string;
  usage: { [key: string]: { reads_per_second: number; writes_per_second: number; item_kb: number; items: number } } | null;
  tables: ({ key: string; name: string; spec: TableSpec; state: "pending" | "creating" | "active" | "updating" | "failed" | "deleting" | "deleted" | "missing"; problem: string | null; table_id: string | null; unsupported: (string)[]; steps: ({ call: string; summary: string; state: "pending" | "running" | "waiting" | "done" | "failed" | "unsupported"; started_at: string | null; ended_at: string | null; attempts: number; wait_until: string | null; message: string | null })[]; evidence: { asked: { item_count: number | null; size_bytes: number | null; stream_enabled: boolean; stream_arn: string | null; deletion_protection: boolean; point_in_time_recovery: boolean; created_at: string | null; observed_at: string | null }; now: { item_count: number | null; size_bytes: number | null; stream_enabled: boolean; stream_arn: string | null; deletion_protection: boolean; point_in_time_recovery: boolean; created_at: string | null; observed_at: string | null } } | null })[];
  approvals: { required: (Requirement)[]; given: ({ person: string; person_name: string; group: string; decision: "approve" | "reject" | "send_back"; comment: string | null; version: number; at: string })[] };
  events: ({ at: string; actor: string; actor_name: string; event: string; comment: string | null; version: number | null; data: { [key: string]: unknown } })[];
  created_at: string;
  updated_at: string;
  url: string;
};

export type Table = {
  id: string;
  key: string;
  name: string;
  project: string;
  environment: string;
  environment_configured: boolean;
  account: string;
  region: string;
  state: "pending" | "creating" | "active" | "updating" | "failed" | "deleting" | "deleted" | "missing";
  problem: string | null;
  aws_status: string | null;
  arn: string | null;
  stream_arn: string | null;
  stream: { enabled: boolean; view_type: string | null; arn: string | null; label: string | null };
  ttl: { status: string | null; attribute: string | null };
  point_in_time_recovery: { status: string | null; days: number | null; earliest: string | null; latest: string | null };
  encryption: { type: string | null; status: string | null; kms_key_arn: string | null };
  spec: TableSpec;
  unsupported: (string)[];
  drift: ({ path: string; wanted: unknown; found: unknown })[];
  request: { id: string; number: number };
  decommission: { id: string; number: number } | null;
  created_at: string;
  observed_at: string | null;
  url: string;
};

export type TableSpec = {
  partition_key: string;
  sort_key: string | null;
  attribute_types: { [key: string]: "S" | "N" | "B" };
  type: "key-value" | "time-series";
  billing_mode: "PAY_PER_REQUEST" | "PROVISIONED";
  enable_ttl: boolean;
  ttl_attribute: string;
  enable_point_in_time_recovery: boolean;
  enable_stream: boolean;
  stream_view_type: "NEW_AND_OLD_IMAGES" | "NEW_IMAGE" | "OLD_IMAGE" | "KEYS_ONLY";
  kms_key_id: string | null;
  purpose: string;
  encryption: "aws_managed" | "aws_owned" | "customer_managed";
  read_capacity: number | null;
  write_capacity: number | null;
  max_read_request_units: number | null;
  max_write_request_units: number | null;
  point_in_time_recovery_days: number;
  deletion_protection: boolean;
  table_class: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  global_secondary_indexes: { [key: string]: GlobalSecondaryIndex };
  local_secondary_indexes: { [key: string]: LocalSecondaryIndex };
  tags: { [key: string]: string };
};

export type GlobalSecondaryIndex = {
  partition_key: string;
  sort_key: string | null;
  projection_type: "ALL" | "KEYS_ONLY" | "INCLUDE";
  non_key_attributes: (string)[] | null;
  read_capacity: number | null;
  write_capacity: number | null;
};

export type LocalSecondaryIndex = {
  sort_key: string;
  projection_type: "ALL" | "KEYS_ONLY" | "INCLUDE";
  non_key_attributes: (string)[] | null;
};

export type Finding = {
  id: string;
  level: "deny" | "warn" | "info";
  message: string;
  path: string;
};

export type Requirement = {
  rule: string;
  group: string;
  count: number;
};

export type SnippetFormats = {
  items: ({ format: "iam-policy" | "terraform-module" | "terraform" | "cloudformation" | "cdk" | "aws-cli" | "env"; available: boolean; reason: string | null })[];
};

export type AuditEvent = {
  id: string;
  at: string;
  actor: string;
  actor_name: string;
  event: string;
  subject_type: string;
  subject_id: string;
  request_id: string | null;
  version: number | null;
  comment: string | null;
  data: { [key: string]: unknown };
};

export type PreviewRequestAnswer = {
  tables: ({ key: string; name: string; findings: (Finding)[]; plan: ({ call: string; input: { [key: string]: unknown }; summary: string; effect: "new table" | "in place" | "slow" | "interrupts" | "cannot be undone" })[]; cost: { monthly_usd: number; as_of: string; lines: ({ what: string; quantity: number; unit: string; unit_usd: string; monthly_usd: number })[]; notes: (string)[] } | null })[];
  approvals: (Requirement)[];
  notifies: { group: string; people: (string)[]; people_count: number; channels: ("email" | "slack" | "webhook")[] } | null;
};

export type ListRequestsAnswer = {
  items: (Request)[];
  next_cursor: string | null;
};

export type GetRequestOutputsAnswer = {
  table_names: { [key: string]: string };
  table_arns: { [key: string]: string };
  table_stream_arns: { [key: string]: string | null };
  tables: { [key: string]: { name: string; arn: string; stream_arn: string | null } };
};

export type ListTablesAnswer = {
  items: (Table)[];
  next_cursor: string | null;
};

export type GetTableSnippetAnswer = {
  format: "iam-policy" | "terraform-module" | "terraform" | "cloudformation" | "cdk" | "aws-cli" | "env";
  filename: string;
  content: string;
  files?: ({ filename: string; content: string; statements?: ({ sid: string; sentence: string })[]; size?: { characters: number; quotas: ({ id: string; limit: number; fits: boolean })[] } })[];
  warnings: ({ path: string; message: string })[];
  statements?: ({ sid: string; sentence: string })[];
  summary?: string;
  size?: { characters: number; limit: number };
};

export type MakeSnippetsAnswer = {
  format: "iam-policy" | "terraform-module" | "terraform" | "cloudformation" | "cdk" | "aws-cli" | "env";
  files: ({ filename: string; content: string; statements?: ({ sid: string; sentence: string })[]; size?: { characters: number; quotas: ({ id: string; limit: number; fits: boolean })[] } })[];
  warnings: ({ path: string; message: string })[];
  summary?: string;
  size?: { characters: number; limit: number };
};

export type ImportTerraformAnswer = {
  tables: { [key: string]: { partition_key?: string; sort_key?: string | null; attribute_types?: { [key: string]: "S" | "N" | "B" }; type?: "key-value" | "time-series"; billing_mode?: "PAY_PER_REQUEST" | "PROVISIONED"; enable_ttl?: boolean; ttl_attribute?: string; enable_point_in_time_recovery?: boolean; enable_stream?: boolean; stream_view_type?: "NEW_AND_OLD_IMAGES" | "NEW_IMAGE" | "OLD_IMAGE" | "KEYS_ONLY"; kms_key_id?: string | null; purpose?: string; encryption?: "aws_managed" | "aws_owned" | "customer_managed" | null; read_capacity?: number | null; write_capacity?: number | null; max_read_request_units?: number | null; max_write_request_units?: number | null; point_in_time_recovery_days?: number; deletion_protection?: boolean; table_class?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS"; global_secondary_indexes?: { [key: string]: GlobalSecondaryIndex }; local_secondary_indexes?: { [key: string]: LocalSecondaryIndex }; tags?: { [key: string]: string } } };
  warnings: ({ path: string; message: string })[];
};

export type ListProjectsAnswer = {
  items: ({ name: string; member: boolean })[];
};

export type ListEnvironmentsAnswer = {
  items: ({ name: string; account: string; region: string; sandbox: boolean; endpoint: string | null; paused: boolean })[];
};

export type GetMeAnswer = {
  email: string;
  name: string;
  groups: (string)[];
  projects: (string)[];
  scopes: ("read" | "request" | "approve")[] | null;
};

export type ListAuditAnswer = {
  items: (AuditEvent)[];
  next_cursor: string | null;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code?: "INVALID" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "CONFLICT" | "LIMIT" | "UNAVAILABLE";
  detail: string;
  errors: ({ path: string; message: string; id?: string })[];
};

/** What each call takes and answers. */
export type ApiCalls = {
  previewRequest: { params: {  }; query: {  }; body: PreviewRequestBody; answer: PreviewRequestAnswer };
  listRequests: { params: {  }; query: { limit?: number; cursor?: string; state?: "draft" | "submitted" | "sent_back" | "approved" | "provisioning" | "completed" | "failed" | "rejected" | "cancelled" | "expired"; project?: string; environment?: string; q?: string }; body: undefined; answer: ListRequestsAnswer };
  submitRequest: { params: {  }; query: {  }; body: SubmitRequestBody; answer: Request };
  getRequest: { params: { id: string }; query: {  }; body: undefined; answer: Request };
  getRequestOutputs: { params: { id: string }; query: {  }; body: undefined; answer: GetRequestOutputsAnswer };
  approveRequest: { params: { id: string }; query: {  }; body: ApproveRequestBody; answer: Request };
  rejectRequest: { params: { id: string }; query: {  }; body: CommentedDecision; answer: Request };
  sendBackRequest: { params: { id: string }; query: {  }; body: CommentedDecision; answer: Request };
  cancelRequest: { params: { id: string }; query: {  }; body: Decision; answer: Request };
  retryRequest: { params: { id: string }; query: {  }; body: Decision; answer: Request };
  resubmitRequest: { params: { id: string }; query: {  }; body: ResubmitRequestBody; answer: Request };
  commentOnRequest: { params: { id: string }; query: {  }; body: Comment; answer: Request };
  listTables: { params: {  }; query: { limit?: number; cursor?: string; project?: string; environment?: string; state?: "pending" | "creating" | "active" | "updating" | "failed" | "deleting" | "deleted" | "missing"; q?: string }; body: undefined; answer: ListTablesAnswer };
  getTable: { params: { id: string }; query: {  }; body: undefined; answer: Table };
  listSnippetFormats: { params: { id: string }; query: {  }; body: undefined; answer: SnippetFormats };
  getTableSnippet: { params: { id: string; format: "iam-policy" | "terraform-module" | "terraform" | "cloudformation" | "cdk" | "aws-cli" | "env" }; query: { access?: "reader" | "writer" | "reader-writer" | "module" | "stream"; as?: "json" | "terraform" | "cloudformation" | "dotenv"; scan?: boolean | "true" | "false"; leading_keys?: (string)[]; attributes?: (string)[]; partiql?: boolean | "true" | "false"; https_only?: boolean | "true" | "false" }; body: undefined; answer: GetTableSnippetAnswer };
  makeSnippets: { params: {  }; query: {  }; body: MakeSnippetsBody; answer: MakeSnippetsAnswer };
  importTerraform: { params: {  }; query: {  }; body: ImportTerraformBody; answer: ImportTerraformAnswer };
  listProjects: { params: {  }; query: {  }; body: undefined; answer: ListProjectsAnswer };
  listEnvironments: { params: {  }; query: {  }; body: undefined; answer: ListEnvironmentsAnswer };
  getMe: { params: {  }; query: {  }; body: undefined; answer: GetMeAnswer };
  listAudit: { params: {  }; query: { limit?: number; cursor?: string; event?: string; actor?: string; request_id?: string; subject_id?: string; q?: string; since?: string; until?: string }; body: undefined; answer: ListAuditAnswer };
};

/** Where each call goes. */
export const apiCalls = {
  previewRequest: { method: "POST", path: "/requests/preview" },
  listRequests: { method: "GET", path: "/requests" },
  submitRequest: { method: "POST", path: "/requests" },
  getRequest: { method: "GET", path: "/requests/{id}" },
  getRequestOutputs: { method: "GET", path: "/requests/{id}/outputs" },
  approveRequest: { method: "POST", path: "/requests/{id}/approve" },
  rejectRequest: { method: "POST", path: "/requests/{id}/reject" },
  sendBackRequest: { method: "POST", path: "/requests/{id}/send-back" },
  cancelRequest: { method: "POST", path: "/requests/{id}/cancel" },
  retryRequest: { method: "POST", path: "/requests/{id}/retry" },
  resubmitRequest: { method: "POST", path: "/requests/{id}/resubmit" },
  commentOnRequest: { method: "POST", path: "/requests/{id}/comments" },
  listTables: { method: "GET", path: "/tables" },
  getTable: { method: "GET", path: "/tables/{id}" },
  listSnippetFormats: { method: "GET", path: "/tables/{id}/snippets" },
  getTableSnippet: { method: "GET", path: "/tables/{id}/snippets/{format}" },
  makeSnippets: { method: "POST", path: "/snippets" },
  importTerraform: { method: "POST", path: "/imports/terraform" },
  listProjects: { method: "GET", path: "/projects" },
  listEnvironments: { method: "GET", path: "/environments" },
  getMe: { method: "GET", path: "/me" },
  listAudit: { method: "GET", path: "/audit" },
} as const satisfies Record<keyof ApiCalls, object>;
