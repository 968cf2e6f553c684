import { type Field, FieldsTable, fieldsOf, Prose } from "#components/api-reference/fields-table.tsx";
import { refName, SchemaType, type ShownSchema } from "#components/api-reference/schema-type.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkipLink } from "#components/ui/skip-link.tsx";

type Content = { [type: string]: { schema: object } };
type Reference = { $ref: string };
type Parameter = { name: string; in: string; required: boolean; description?: string; schema: object };
type Operation = {
  operationId: string;
  summary: string;
  tags: readonly string[];
  security: readonly { token: readonly string[] }[];
  parameters?: readonly (Parameter | Reference)[];
  requestBody?: { content: Content };
  responses: { [status: string]: { description: string; content: Content } | Reference };
};
export type ShownDocument = {
  info: { description: string };
  servers: readonly { url: string }[];
  tags: readonly { name: string; description: string }[];
  paths: { [path: string]: { get?: Operation; post?: Operation } };
  components: {
    schemas: { [name: string]: object };
    parameters: { [name: string]: Parameter };
    responses: { [name: string]: { description: string } };
  };
};
type Call = { method: string; path: string; operation: Operation };

/** The reference of the API as plain HTML out of its OpenAPI document. `ApiReference({ appName, document })`. */
export function ApiReference({ appName, document }: { appName: string; document: ShownDocument }) {
  const base = document.servers[0]?.url ?? "";
  const calls = Object.entries(document.paths).flatMap(([path, { get, post }]): Call[] => [
    ...(get ? [{ method: "GET", path, operation: get }] : []),
    ...(post ? [{ method: "POST", path, operation: post }] : []),
  ]);
  return (
    <>
      <SkipLink />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[960px] px-3.5 pt-3.5 pb-12 outline-none">
        <PageHeader title="API reference" trail={[{ href: "/", label: appName }]} />
        <Prose text={document.info.description} />
        <p className="pb-4">
          For programs: the{" "}
          <a href={`${base}/openapi.json`} className="text-accent underline">
            OpenAPI 3.1 document
          </a>
          .
        </p>
        <Contents calls={calls} />
        {document.tags.map(({ name, description }) => (
          <section key={name} aria-labelledby={`tag-${name}`}>
            <h2 id={`tag-${name}`} className="pt-6 text-lg capitalize">
              {name}
            </h2>
            <p className="pb-2 text-ink-2">{description}</p>
            <div className="grid gap-3">
              {calls
                .filter(({ operation }) => operation.tags.includes(name))
                .map((call) => (
                  <CallCard key={call.operation.operationId} call={call} document={document} base={base} />
                ))}
            </div>
          </section>
        ))}
        <h2 id="schemas" className="pt-6 pb-2 text-lg">
          Schemas
        </h2>
        <div className="grid gap-3">
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <SchemaCard key={name} name={name} schema={schema as ShownSchema} />
          ))}
        </div>
      </main>
    </>
  );
}

function Contents({ calls }: { calls: readonly Call[] }) {
  return (
    <nav aria-label="Calls" className="rounded-lg border border-line bg-card px-3.5 py-2.5">
      <ul className="columns-1 gap-6 wide:columns-2">
        {calls.map(({ method, path, operation }) => (
          <li key={operation.operationId} className="break-inside-avoid py-0.5">
            <a
              href={`#${operation.operationId}`}
              className="font-mono text-[0.8125rem] [overflow-wrap:anywhere] hover:underline"
            >
              {method} {path}
            </a>
          </li>
        ))}
        <li className="py-0.5">
          <a href="#schemas" className="hover:underline">
            Schemas
          </a>
        </li>
      </ul>
    </nav>
  );
}

function CallCard({ call, document, base }: { call: Call; document: ShownDocument; base: string }) {
  const { method, path, operation } = call;
  const parameters = (operation.parameters ?? []).map((one): Field => {
    const parameter = "$ref" in one ? document.components.parameters[refName(one.$ref)]! : one;
    return {
      ...parameter,
      schema: parameter.schema as ShownSchema,
      name: `${parameter.name} (${parameter.in})`,
    };
  });
  return (
    <Card id={operation.operationId} className="scroll-mt-3">
      <CardHeader
        mono
        title={`${method} ${base}${path}`}
        aside={<Chip>{`scope ${operation.security[0]?.token[0] ?? "none"}`}</Chip>}
      />
      <CardBody className="grid gap-2.5">
        <p>{operation.summary}.</p>
        {parameters.length > 0 ? <FieldsTable fields={parameters} label="Parameters" /> : null}
        {operation.requestBody ? <Named words="Body" content={operation.requestBody.content} /> : null}
        <Answers operation={operation} document={document} />
      </CardBody>
    </Card>
  );
}

function Named({ words, content }: { words: string; content: Content }) {
  const schema = Object.values(content)[0]?.schema as ShownSchema | undefined;
  return schema ? (
    <p>
      <span className="font-strong">{words}:</span> <SchemaType schema={schema} />
    </p>
  ) : null;
}

function Answers({ operation, document }: { operation: Operation; document: ShownDocument }) {
  const answers = Object.entries(operation.responses);
  return (
    <>
      {answers.map(([status, response]) =>
        "content" in response ? (
          <Named key={status} words={`Answer ${status}`} content={response.content} />
        ) : null,
      )}
      <details>
        <summary className="cursor-pointer text-ink-2">Refusals</summary>
        <ul className="pt-1 text-sm">
          {answers.map(([status, response]) =>
            "$ref" in response ? (
              <li key={status}>
                <span className="font-mono">{status}</span>{" "}
                {document.components.responses[refName(response.$ref)]?.description.replaceAll("`", "")}
              </li>
            ) : null,
          )}
        </ul>
      </details>
    </>
  );
}

function SchemaCard({ name, schema }: { name: string; schema: ShownSchema }) {
  const fields = fieldsOf(schema);
  return (
    <Card id={`schema-${name}`} className="scroll-mt-3">
      <CardHeader mono title={name} />
      <CardBody>
        {fields.length > 0 ? (
          <FieldsTable fields={fields} label={`Fields of ${name}`} />
        ) : (
          <p>
            <SchemaType schema={schema} />
          </p>
        )}
      </CardBody>
    </Card>
  );
}
