import { Fragment } from "react";
import { SchemaType, type ShownSchema } from "#components/api-reference/schema-type.tsx";

export type Field = {
  name: string;
  required: boolean;
  schema: ShownSchema;
  description?: string | undefined;
};

/** The properties of an object schema as fields; none for any other. */
export function fieldsOf({ properties = {}, required = [] }: ShownSchema): Field[] {
  return Object.entries(properties as Record<string, ShownSchema>).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
    description: schema.description,
  }));
}

/** Fields with their types, those of objects within them indented below. `FieldsTable({ fields, label })`. */
export function FieldsTable({ fields, label }: { fields: readonly Field[]; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {fields.map((field) => (
        <FieldRow key={field.name} field={field} />
      ))}
    </ul>
  );
}

function FieldRow({ field: { name, required, schema, description } }: { field: Field }) {
  const inner = innerOf(schema);
  const standard = schema.default === undefined ? null : `Default: ${JSON.stringify(schema.default)}.`;
  return (
    <li className="py-1.5">
      <div className="flex flex-wrap gap-x-2">
        <code className="font-mono font-strong [overflow-wrap:anywhere]">{name}</code>
        <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
          <SchemaType schema={schema} />
          {required ? "" : ", optional"}
        </span>
      </div>
      {description || standard ? (
        <p className="text-ink-2 text-sm">{[description, standard].filter(Boolean).join(" ")}</p>
      ) : null}
      {inner.length > 0 ? (
        <div className="border-line border-l pl-3">
          <FieldsTable fields={inner} label={`Fields of ${name}`} />
        </div>
      ) : null}
    </li>
  );
}

/** The fields of an object that has no name of its own, alone or as the entries of a list or a map. */
function innerOf(schema: ShownSchema): Field[] {
  const within = (schema.items ?? (schema.properties ? schema : schema.additionalProperties)) as unknown;
  return typeof within === "object" && within !== null ? fieldsOf(within as ShownSchema) : [];
}

/** Text of the document: paragraphs, with what stands in backticks as code. `Prose({ text })`. */
export function Prose({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => (
    <p key={paragraph} className="max-w-prose pb-2">
      {paragraph.split("`").map((part, at) => {
        const key = `${at} ${part}`;
        return at % 2 ? (
          <code key={key} className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
            {part}
          </code>
        ) : (
          <Fragment key={key}>{part}</Fragment>
        );
      })}
    </p>
  ));
}
