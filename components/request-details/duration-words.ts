/** How long something took, from milliseconds: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min"; never negative. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return withRest(minutes, "min", whole % 60, "s");
  return withRest(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

const withRest = (count: number, unit: string, rest: number, restUnit: string) =>
  rest === 0 ? `${count} ${unit}` : `${count} ${unit} ${rest} ${restUnit}`;

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
});

/** The time of day of an ISO 8601 instant, "20:40:12 UTC", the same on every machine. */
export function clockWords(at: string): string {
  return `${clock.format(Date.parse(at))} UTC`;
}

/**
 * How long a step ran, in milliseconds: to its end, or to `nowMilliseconds` while it has none; null before it began.
 */
export function stepMilliseconds(
  step: { started_at: string | null; ended_at: string | null },
  nowMilliseconds: number,
): number | null {
  if (step.started_at === null) return null;
  const end = step.ended_at === null ? nowMilliseconds : Date.parse(step.ended_at);
  return Math.max(0, end - Date.parse(step.started_at));
}
