/** Where DynamoDB's error types live on the wire: its own model, the framework's, its validation and its availability layer. */
const namespaces = {
  model: "com.amazonaws.dynamodb.v20120810",
  service: "com.amazon.coral.service",
  validate: "com.amazon.coral.validate",
  availability: "com.amazon.coral.availability",
};

/** An error answer: `name` is what the SDK puts in `error.name`, `status` the HTTP status. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly status: number;
  readonly namespace: keyof typeof namespaces;

  constructor(name: string, message: string, namespace: keyof typeof namespaces = "model", status = 400) {
    super(message);
    this.name = name;
    this.status = status;
    this.namespace = namespace;
  }

  /** The JSON body; the framework's own errors spell the member `Message`, DynamoDB's `message`. */
  body(): Record<string, string> {
    const type = `${namespaces[this.namespace]}#${this.name}`;
    if (this.message === "") return { __type: type };
    return this.namespace === "service" && this.name !== "MissingAuthenticationTokenException"
      ? { __type: type, Message: this.message }
      : { __type: type, message: this.message };
  }
}

export const validation = (message: string) => new ServiceError("ValidationException", message, "validate");
export const invalidParameter = (message: string) =>
  validation(`One or more parameter values were invalid: ${message}`);
export const serialization = (message: string) =>
  new ServiceError("SerializationException", message, "service");
export const unknownOperation = (message = "") =>
  new ServiceError("UnknownOperationException", message, "service");
export const accessDenied = (message: string) =>
  new ServiceError("AccessDeniedException", message, "service");
export const inUse = (detail: string) =>
  new ServiceError("ResourceInUseException", `Attempt to change a resource which is still in use: ${detail}`);
export const tableNotFound = (name: string) =>
  new ServiceError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);
export const limitExceeded = (message: string) => new ServiceError("LimitExceededException", message);
export const throttled = (message = "Rate exceeded") =>
  new ServiceError("ThrottlingException", message, "availability");
export const internalError = () =>
  new ServiceError("InternalServerError", "Internal server error", "model", 500);
