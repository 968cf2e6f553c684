/** Seconds until the next try after `failures` in a row: doubling from 0.25 s to 30 s, with full jitter above half. */
export function backoffSeconds(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30, 0.25 * 2 ** Math.min(failures, 10));
  return ceiling * (0.5 + random() / 2);
}

/**
 * Seconds until a table is looked at again. Quick while it is young, and slower the more tables are in flight, so
 * that DescribeTable stays far below the control plane's 2,500 calls a second.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-control-plane.html
 */
export function pollSeconds(secondsSoFar: number, inFlight: number): number {
  const byAge = secondsSoFar < 5 ? 0.1 : secondsSoFar < 30 ? 1 : 5;
  return Math.max(byAge, inFlight * 0.002);
}

/** Lets `perSecond` callers through a second, in their order; a burst of one second's worth at first. */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #now: () => number;
  #freeAt: number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#freeAt = now() - 1000;
  }

  /** Milliseconds this caller has to wait; its place is taken with the call. */
  take(): number {
    const now = this.#now();
    const start = Math.max(this.#freeAt, now - 1000);
    this.#freeAt = start + 1000 / this.#perSecond;
    return Math.max(0, this.#freeAt - now);
  }
}
