import { serialization, validation } from "./service-error.ts";

/** What one member of a request must look like: its JSON type and the limits of DynamoDB's API model. */
export type Shape = { required?: boolean } & (
  | { kind: "string"; min?: number; max?: number; pattern?: string; enum?: readonly string[] }
  | { kind: "integer"; min?: number; max?: number }
  | { kind: "boolean" }
  | { kind: "list"; of: Shape; min?: number; max?: number }
  | { kind: "structure"; members: Record<string, Shape> }
);

const maxErrorsReported = 10;

/**
 * Returns the members of `input` that `shape` knows (DynamoDB drops the others in silence).
 * @throws ServiceError SerializationException for a wrong JSON type; ValidationException in AWS's
 *   "N validation errors detected: Value '…' at '…' failed to satisfy constraint: …" form for broken limits
 */
export function checkInput(input: unknown, shape: Shape): unknown {
  const typed = checkType(input, shape);
  const errors: string[] = [];
  checkLimits(typed, shape, "", errors);
  if (errors.length > 0) {
    const noun = errors.length === 1 ? "error" : "errors";
    const shown = errors.slice(0, maxErrorsReported);
    throw validation(`${shown.length} validation ${noun} detected: ${shown.join("; ")}`);
  }
  return typed;
}

function checkType(value: unknown, shape: Shape): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case "string":
      if (typeof value !== "string") throw wrongScalar(value, "String");
      return value;
    case "integer":
      if (typeof value !== "number") throw wrongScalar(value, "Long");
      return Math.floor(value);
    case "boolean":
      if (typeof value !== "boolean") throw wrongScalar(value, "Boolean");
      return value;
    case "list":
      if (!Array.isArray(value)) throw wrongCollection(value);
      return value.map((item) => checkType(item, shape.of));
    case "structure":
      return checkMembers(value, shape.members);
  }
}

function checkMembers(value: unknown, members: Record<string, Shape>): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw serialization("Unexpected field type");
  if (Array.isArray(value)) throw serialization("Unrecognized collection type class java.util.ArrayList");
  const source = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(members)) {
    const member = checkType(Object.hasOwn(source, name) ? source[name] : undefined, shape);
    if (member !== undefined) result[name] = member;
  }
  return result;
}

function wrongScalar(value: unknown, wanted: string) {
  if (typeof value === "boolean")
    return serialization(`${value ? "TRUE_VALUE" : "FALSE_VALUE"} cannot be converted to ${wanted}`);
  if (typeof value === "number")
    return serialization(
      `${Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE"} cannot be converted to ${wanted}`,
    );
  if (typeof value === "string") return serialization(`STRING_VALUE cannot be converted to ${wanted}`);
  if (Array.isArray(value)) return serialization(`Unrecognized collection type class java.lang.${wanted}`);
  return serialization("Start of structure or map found where not expected");
}

const wrongCollection = (value: unknown) =>
  serialization(
    typeof value === "object"
      ? "Start of structure or map found where not expected"
      : "Unexpected field type",
  );

function checkLimits(value: unknown, shape: Shape, path: string, errors: string[]): void {
  const fail = (constraint: string) =>
    errors.push(
      `Value ${shownValue(value)} at '${path}' failed to satisfy constraint: Member must ${constraint}`,
    );
  if (value === undefined) {
    if (shape.required) fail("not be null");
    return;
  }
  switch (shape.kind) {
    case "string": {
      const text = value as string;
      if (shape.pattern && !new RegExp(`^${shape.pattern}$`, "u").test(text))
        fail(`satisfy regular expression pattern: ${shape.pattern}`);
      checkLength(text.length, shape, fail);
      if (shape.enum && !shape.enum.includes(text))
        fail(`satisfy enum value set: [${shape.enum.join(", ")}]`);
      return;
    }
    case "integer": {
      const number = value as number;
      if (shape.min !== undefined && number < shape.min)
        fail(`have value greater than or equal to ${shape.min}`);
      if (shape.max !== undefined && number > shape.max)
        fail(`have value less than or equal to ${shape.max}`);
      return;
    }
    case "boolean":
      return;
    case "list": {
      const items = value as unknown[];
      checkLength(items.length, shape, fail);
      for (const [position, item] of items.entries())
        checkLimits(item, { ...shape.of, required: true }, `${path}.${position + 1}.member`, errors);
      return;
    }
    case "structure": {
      const structure = value as Record<string, unknown>;
      for (const [name, member] of Object.entries(shape.members))
        checkLimits(
          structure[name],
          member,
          `${path === "" ? "" : `${path}.`}${name[0]!.toLowerCase()}${name.slice(1)}`,
          errors,
        );
    }
  }
}

function checkLength(
  length: number,
  limits: { min?: number; max?: number },
  fail: (constraint: string) => void,
) {
  if (limits.min !== undefined && length < limits.min)
    fail(`have length greater than or equal to ${limits.min}`);
  if (limits.max !== undefined && length > limits.max)
    fail(`have length less than or equal to ${limits.max}`);
}

/** Values print the way Java prints them: `null` bare, lists and structures without quotes inside. */
function shownValue(value: unknown): string {
  if (value === undefined) return "null";
  return `'${plainValue(value)}'`;
}

function plainValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainValue).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([name, member]) => `${name}=${plainValue(member)}`)
      .join(", ")}}`;
  return String(value);
}
