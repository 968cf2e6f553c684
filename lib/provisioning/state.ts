/** How long a claim holds without being renewed; longer than any AWS request may take (5 s). */
export const leaseSeconds = 10;
export const renewEverySeconds = 3;

/** How long after CreateTable DynamoDB may still answer "not found", or without tags. */
export const settlingSeconds = 60;

/** How long tags of a table that is surely ours may read empty on an endpoint before it counts as one without tags. */
export const endpointTagSeconds = 10;

/** For how long no read may show a table until it counts as gone: one read alone may lag, or lie. */
export const goneSeconds = 3;

/** Failures in a row after which a step is given up and a person has to look. */
export const maxStalls = 30;
