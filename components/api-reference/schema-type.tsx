import { Fragment, type ReactNode } from "react";

/** As much of a JSON Schema as the reference tells of. */
export type ShownSchema = {
  $ref?: string | undefined;
  const?: unknown;
  enum?: readonly unknown[] | undefined;
  anyOf?: readonly unknown[] | undefined;
  oneOf?: readonly unknown[] | undefined;
  type?: string | readonly string[] | undefined;
  format?: string | undefined;
  items?: unknown;
  properties?: { [name: string]: unknown } | undefined;
  required?: readonly string[] | undefined;
  additionalProperties?: unknown;
  description?: string | undefined;
  default?: unknown;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
};

/** The last part of a reference into the document. */
export const refName = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** The type of a value in words, with links to the schemas it names. `SchemaType({ schema })`. */
export function SchemaType({ schema }: { schema: ShownSchema }): ReactNode {
  if (schema.$ref) {
    const name = refName(schema.$ref);
    return (
      <a href={`#schema-${name}`} className="text-accent underline">
        {name}
      </a>
    );
  }
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  const either = schema.anyOf ?? schema.oneOf;
  if (either) {
    return (either as ShownSchema[]).map((one, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a schema never move
      <Fragment key={at}>
        {at > 0 ? " or " : null}
        <SchemaType schema={one} />
      </Fragment>
    ));
  }
  if (schema.type === "array") {
    return (
      <>
        list of <SchemaType schema={(schema.items ?? {}) as ShownSchema} />
      </>
    );
  }
  if (schema.type === "object" && !schema.properties && typeof schema.additionalProperties === "object") {
    return (
      <>
        map of <SchemaType schema={schema.additionalProperties as ShownSchema} />
      </>
    );
  }
  if (typeof schema.type === "string") return `${schema.format ?? schema.type}${bounds(schema)}`;
  return schema.type ? schema.type.join(" or ") : "anything";
}

function bounds({ minimum, maximum, minLength, maxLength }: ShownSchema): string {
  const [min, max] = [minimum ?? minLength, maximum ?? maxLength];
  const unit = maxLength === undefined && minLength === undefined ? "" : " characters";
  const number = (value: number) => value.toLocaleString("en");
  if (min !== undefined && max !== undefined) return ` of ${number(min)} to ${number(max)}${unit}`;
  if (max !== undefined) return ` of at most ${number(max)}${unit}`;
  return min === undefined ? "" : ` of at least ${number(min)}${unit}`;
}
