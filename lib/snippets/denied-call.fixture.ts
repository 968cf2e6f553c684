export const role = "arn:aws:sts::111111111111:assumed-role/app/i-123";
const table = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders";
const key = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const because = "because no identity-based policy allows the dynamodb:Query action";
export const core = `User: ${role} is not authorized to perform: dynamodb:Query on resource: ${table}`;
const scp = "arn:aws:organizations::987654321098:policy/o-abc/service_control_policy/p-2kgn";

/** What a message says, as far as it differs from `usualDenial`. `cause`: kind | policy | the policy's ARN. */
type Expected = {
  who?: string | null;
  action?: string;
  resource?: string | null;
  cause?: string;
  operation?: string | null;
  more?: number;
};

/** What most of the messages say. */
export const usualDenial = {
  who: role,
  action: "dynamodb:Query",
  resource: table,
  cause: "unsaid",
  operation: null,
  more: 0,
};
const noIdentity = "implicit | identity-based policy";
const stream = `${table}/stream/2024-01-06T05:01:31.321`;
const ciphertext =
  "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: x; Proxy: null)";
export const cloudTrail = {
  eventVersion: "1.11",
  userIdentity: { type: "AssumedRole", arn: role, accountId: "111111111111" },
  eventSource: "dynamodb.amazonaws.com",
  eventName: "Query",
  awsRegion: "eu-west-1",
  errorCode: "AccessDenied",
  requestParameters: { tableName: "shop-prod-orders" },
  recipientAccountId: "111111111111",
};

/** What `aws sts decode-authorization-message` answers. */
const decodedMessage = (explicitDeny: boolean, indent = 0) =>
  JSON.stringify(
    {
      allowed: false,
      explicitDeny,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { id: "AROAEXAMPLE:i-123", arn: role },
        action: "dynamodb:Query",
        resource: table,
        conditions: { items: [] },
      },
    },
    null,
    indent,
  );

/** Ways in which people meet a denial, and what is to be read from each. */
export const denialMessages: [name: string, message: string, expected: Expected][] = [
  ["the words alone", core, {}],
  [
    "the AWS console, as a list",
    `You don't have permission to dynamodb:Query. To request access, copy the following text.\nUser: ${role}\nAction: dynamodb:Query\nOn resource(s): ${table}\nContext: no identity-based policy allows the dynamodb:Query action`,
    { cause: noIdentity },
  ],
  [
    "the AWS console, on one line and with the service",
    `User: ${role} Service: dynamodb Action: dynamodb:Query On resource(s): ${table} Context: no identity-based policy allows the dynamodb:Query action`,
    { cause: noIdentity },
  ],
  [
    "an SDK for JavaScript",
    `AccessDeniedException: ${core} ${because}\n    at throwDefaultError (/app/x.js:1:2)`,
    { cause: noIdentity },
  ],
  [
    "an index",
    `${core}/index/by_customer ${because}`,
    { resource: `${table}/index/by_customer`, cause: noIdentity },
  ],
  [
    "the CLI",
    `An error occurred (AccessDeniedException) when calling the Query operation: ${core} ${because}`,
    { operation: "Query", cause: noIdentity },
  ],
  [
    "boto3's traceback",
    `botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the GetItem operation: ${core.replace("Query", "GetItem")}`,
    { action: "dynamodb:GetItem", operation: "GetItem" },
  ],
  [
    "Java, version 1",
    `com.amazonaws.AmazonServiceException: ${core} (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: ABC; Proxy: null)`,
    {},
  ],
  [
    "Java, version 2",
    `software.amazon.awssdk.services.dynamodb.model.DynamoDbException: ${core} ${because} (Service: DynamoDb, Status Code: 400, Request ID: ABC, Extended Request ID: null)`,
    { cause: noIdentity },
  ],
  [
    "Go, version 2",
    `operation error DynamoDB: Query, https response error StatusCode: 400, RequestID: ABC, api error AccessDeniedException: ${core} ${because}`,
    { operation: "Query", cause: noIdentity },
  ],
  ["Go, version 1", `AccessDeniedException: ${core}\n\tstatus code: 400, request id: ABC`, {}],
  [
    ".NET",
    `Amazon.DynamoDBv2.AmazonDynamoDBException: ${core}\n ---> Amazon.Runtime.Internal.HttpErrorResponseException: Exception of type`,
    {},
  ],
  [
    "Terraform's frame",
    `╷\n│ Error: reading Amazon DynamoDB Table (orders): operation error DynamoDB: DescribeTable, https response error StatusCode: 400, RequestID: A, api error AccessDeniedException: ${core.replace("Query", "DescribeTable")} because no identity-based policy allows the dynamodb:DescribeTable action\n│ \n│   with aws_dynamodb_table.orders,\n│   on main.tf line 1\n╵`,
    { action: "dynamodb:DescribeTable", operation: "DescribeTable", cause: noIdentity },
  ],
  [
    "CloudFormation's reason",
    `Resource handler returned message: "${core} ${because} (Service: DynamoDb, Status Code: 400, Request ID: ABC)" (RequestToken: x, HandlerErrorCode: AccessDenied)`,
    { cause: noIdentity },
  ],
  [
    "a JSON body",
    JSON.stringify({
      __type: "com.amazon.coral.service#AccessDeniedException",
      Message: `${core} ${because}`,
    }),
    { cause: noIdentity },
  ],
  [
    "a JSON body that ends with the ARN",
    `{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"${core}"}`,
    {},
  ],
  [
    "a Python dictionary",
    `{u'Message': u'User: arn:aws:iam::789087534298:user/dynamodb_test is not authorized to perform: dynamodb:ListTables on resource: *', u'__type': u'com.amazon.coral.service#AccessDeniedException'}`,
    { who: "arn:aws:iam::789087534298:user/dynamodb_test", action: "dynamodb:ListTables", resource: "*" },
  ],
  [
    "JSON within JSON",
    JSON.stringify({ body: JSON.stringify({ message: `"${core}" ${because}` }) }),
    { cause: noIdentity },
  ],
  [
    "JSON with escaped slashes and signs",
    `{"Message":"${core.replaceAll("/", "\\/").replace("User:", "\\u0055ser\\u003a")}"}`,
    {},
  ],
  ["HTML", `<Message>${core} ${because}</Message>`, { cause: noIdentity }],
  ["HTML that ends with the ARN", `<p>${core}</p>`, {}],
  [
    "HTML entities",
    `&quot;${core.replaceAll(":", "&#58;").replaceAll("/", "&#x2F;")}&quot; ${because}`,
    { cause: noIdentity },
  ],
  ["entities of entities", `&amp;quot;${core}&amp;quot;`, {}],
  [
    "a CloudTrail event",
    JSON.stringify({ ...cloudTrail, errorMessage: `${core} ${because}` }, null, 2),
    { cause: noIdentity },
  ],
  ["a CloudTrail event without a message", JSON.stringify(cloudTrail), { operation: "Query" }],
  ["a CloudTrail event over lines", JSON.stringify(cloudTrail, null, 2), { operation: "Query" }],
  [
    "lines cut within words",
    `User: arn:aws:sts::11111111\n1111:assumed-role/app/i-123 is not autho\nrized to perform: dynamodb:Qu\nery on resource: arn:aws:dynamodb:eu-we\nst-1:111111111111:table/shop-pr\nod-orders because no iden\ntity-based policy allows`,
    { cause: noIdentity },
  ],
  ["lines cut between words", `${core} ${because}`.replaceAll(" ", "\r\n    "), { cause: noIdentity }],
  ["an old message cut within the ARN", core.replace("eu-west-1:1", "eu-we\nst-1:1"), {}],
  ["a mail's quote", `> ${core}\n> ${because}`, { cause: noIdentity }],
  ["a sentence's end", `It says: "${core}."`, {}],
  [
    "quotes around the ARNs",
    `User: "${role}" is not authorized to perform: 'dynamodb:Query' on resource: "${table}"`,
    {},
  ],
  [
    "colours and invisible characters",
    `\u001b[31mError\u001b[0m: \u200b${core.replace("Query", "Qu\u200bery")}\u00a0${because}`,
    { cause: noIdentity },
  ],
  [
    "a table whose name ends with a full stop",
    `${core}. ${because}`,
    { resource: `${table}.`, cause: noIdentity },
  ],
  ["an explicit deny without a kind", `${core} with an explicit deny`, { cause: "explicit" }],
  [
    "a Deny in a service control policy",
    `${core} with an explicit deny in a service control policy`,
    { cause: "explicit | service control policy" },
  ],
  [
    "the policy's ARN",
    `${core} with an explicit deny in a service control policy: ${scp}`,
    { cause: `explicit | service control policy | ${scp}` },
  ],
  [
    "the older words for it",
    `${core} due to an explicit deny in a Service Control Policy`,
    { cause: "explicit | service control policy" },
  ],
  [
    "a Deny in a resource control policy",
    `${core} with an explicit deny in a resource control policy`,
    { cause: "explicit | resource control policy" },
  ],
  [
    "a Deny in an identity-based policy",
    `${core} with an explicit deny in an identity-based policy`,
    { cause: "explicit | identity-based policy" },
  ],
  [
    "a Deny in a permissions boundary",
    `${core} with an explicit deny in a permissions boundary`,
    { cause: "explicit | permissions boundary" },
  ],
  [
    "a Deny in a session policy",
    `${core} with an explicit deny in a session policy`,
    { cause: "explicit | session policy" },
  ],
  [
    "a Deny in a resource-based policy",
    `${core} with an explicit deny in a resource-based policy`,
    { cause: "explicit | resource-based policy" },
  ],
  [
    "a Deny in a VPC endpoint policy",
    `${core} with an explicit deny in a VPC endpoint policy`,
    { cause: "explicit | VPC endpoint policy" },
  ],
  [
    "no permissions boundary",
    `${core} because no permissions boundary allows the dynamodb:Query action`,
    { cause: "implicit | permissions boundary" },
  ],
  [
    "no session policy",
    `${core} because no session policy allows the dynamodb:Query action`,
    { cause: "implicit | session policy" },
  ],
  [
    "no service control policy",
    `${core} because no service control policy allows the dynamodb:Query action`,
    { cause: "implicit | service control policy" },
  ],
  [
    "no resource-based policy",
    `${core} because no resource-based policy allows the dynamodb:Query action`,
    { cause: "implicit | resource-based policy" },
  ],
  [
    "no VPC endpoint policy",
    `${core} because no VPC endpoint policy allows the dynamodb:Query action`,
    { cause: "implicit | VPC endpoint policy" },
  ],
  [
    "a user",
    core.replace(role, "arn:aws:iam::111111111111:user/team/dana"),
    { who: "arn:aws:iam::111111111111:user/team/dana" },
  ],
  ["nobody", core.replace(role, "anonymous"), { who: "anonymous" }],
  ["a caller that was blotted out", core.replace(role, "***"), { who: "***" }],
  [
    "no label before the caller",
    `${role} is not authorized to perform: dynamodb:Query on resource: ${table}`,
    {},
  ],
  [
    "no resource",
    `User: ${role} is not authorized to perform: dynamodb:DescribeLimits ${because}`,
    { action: "dynamodb:DescribeLimits", resource: null, cause: noIdentity },
  ],
  [
    "every table",
    core.replace("shop-prod-orders", "*"),
    { resource: table.replace("shop-prod-orders", "*") },
  ],
  [
    "another partition",
    core.replaceAll("arn:aws:", "arn:aws-us-gov:"),
    { who: role.replace("aws", "aws-us-gov"), resource: table.replace("aws", "aws-us-gov") },
  ],
  [
    "a stream",
    `${core.replace("Query", "GetRecords").replace(table, stream)} because no identity-based policy allows the dynamodb:GetRecords action`,
    { action: "dynamodb:GetRecords", resource: stream, cause: noIdentity },
  ],
  [
    "Lambda's words about a stream",
    `Cannot access stream ${stream}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. (Service: AWSLambda; Status Code: 400; Error Code: InvalidParameterValueException; Request ID: x)`,
    { who: null, action: "dynamodb:GetRecords", resource: stream },
  ],
  [
    "a key's denial",
    `User: ${role} is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`,
    { action: "kms:Decrypt", resource: key, cause: noIdentity },
  ],
  [
    "a key that is not told",
    `User: ${role} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    { action: "kms:Decrypt", resource: null, cause: "key" },
  ],
  [
    "this resource, of KMS",
    `User: ${role} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    { action: "kms:GenerateDataKey", resource: null, cause: "key" },
  ],
  [
    "DynamoDB's words about a key",
    `An error occurred (AccessDeniedException) when calling the PutItem operation: KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: ${ciphertext}`,
    { who: null, action: "kms:Decrypt", resource: null, cause: "key", operation: "PutItem" },
  ],
  [
    "DynamoDB's words about a key that is switched off",
    `An error occurred (AccessDeniedException) when calling the PutItem operation: KMS key access denied error: com.amazonaws.services.kms.model.DisabledException: ${key} is disabled.`,
    { who: null, action: "kms:Decrypt", resource: key, cause: "unusable-key", operation: "PutItem" },
  ],
  [
    "a CloudTrail event of an index in China, without a message",
    JSON.stringify({
      ...cloudTrail,
      userIdentity: { arn: role.replace("aws", "aws-cn") },
      awsRegion: "cn-north-1",
      requestParameters: { tableName: "shop-prod-orders", indexName: "by_date" },
    }),
    {
      who: role.replace("aws", "aws-cn"),
      resource: `${table.replace("aws:", "aws-cn:").replace("eu-west-1", "cn-north-1")}/index/by_date`,
      operation: "Query",
    },
  ],
  [
    "a CloudTrail event of a PartiQL statement, without a message",
    JSON.stringify({
      ...cloudTrail,
      eventName: "ExecuteStatement",
      requestParameters: { tableName: "shop-prod-orders", statement: "INSERT INTO x VALUE {}" },
    }),
    { action: "dynamodb:PartiQLInsert", operation: "ExecuteStatement" },
  ],
  ["a decoded authorization message", JSON.stringify({ DecodedMessage: decodedMessage(false) }), {}],
  ["a decoded authorization message over lines", decodedMessage(false, 2), {}],
  ["a decoded authorization message with a Deny", decodedMessage(true), { cause: "explicit" }],
  [
    "PHP, which cuts the body short",
    `Error executing "Query" on "https://dynamodb.eu-west-1.amazonaws.com"; AWS HTTP error: Client error: \`POST https://dynamodb.eu-west-1.amazonaws.com\` resulted in a \`400 Bad Request\` response:\n{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"${core.slice(0, -12)} (truncated...)\n AccessDeniedException (client): ${core} ${because} - {"Message":"${core} ${because}"}`,
    { cause: noIdentity },
  ],
  ["the same denial again and again", `${core}\n${core}\n${core}`, {}],
  [
    "several denials",
    `${core} ${because}\n${core.replace("Query", "PutItem")}\n${core.replace("Query", "Scan")}`,
    { cause: noIdentity, more: 2 },
  ],
  [
    "a log around it",
    `2024/08/23 13:02:29 ERROR failed error="${core} ${because}" query="{Offset:map[] because no User: x}"`,
    { cause: noIdentity },
  ],
  [
    "capitals",
    core
      .toUpperCase()
      .replace(role.toUpperCase(), role)
      .replace("DYNAMODB:QUERY", "dynamodb:Query")
      .replace(table.toUpperCase(), table),
    {},
  ],
];
