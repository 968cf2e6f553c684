const units = [
  { seconds: 86_400, long: "day", short: "d" },
  { seconds: 3_600, long: "hour", short: "h" },
  { seconds: 60, long: "minute", short: "min" },
] as const;

/**
 * How long ago, or how long until: "14 minutes ago", "in 2 hours", "just now"; short: "14 min", "2 h", "now" (no direction).
 * Both instants in milliseconds; whole units: what has passed is rounded down, what is
 * to come to the nearest, so that a minute after the start 30 days are still "in 30 days".
 */
export function relativeWords(
  atMilliseconds: number,
  nowMilliseconds: number,
  style: "long" | "short" = "long",
): string {
  const past = atMilliseconds <= nowMilliseconds;
  const seconds = Math.floor(Math.abs(nowMilliseconds - atMilliseconds) / 1000);
  const within = units.find((candidate) => seconds >= candidate.seconds);
  const rounded = seconds + (past || !within ? 0 : within.seconds / 2);
  const unit = units.find((candidate) => rounded >= candidate.seconds);
  if (!unit) {
    if (style === "short") return seconds < 10 ? "now" : `${seconds} s`;
    if (seconds < 10) return past ? "just now" : "in a moment";
    return past ? `${seconds} seconds ago` : `in ${seconds} seconds`;
  }
  const count = Math.floor(rounded / unit.seconds);
  if (style === "short") return `${count} ${unit.short}`;
  const words = `${count} ${unit.long}${count === 1 ? "" : "s"}`;
  return past ? `${words} ago` : `in ${words}`;
}

const absolute = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** An instant as "22 Nov 2026, 20:40 UTC", the same on every machine. */
export function absoluteWords(atMilliseconds: number): string {
  return `${absolute.format(atMilliseconds)} UTC`;
}

/** A span as "22 Nov 2026, 20:40 to 23 Nov 2026, 20:40 UTC". Both instants in milliseconds. */
export function spanWords(fromMilliseconds: number, toMilliseconds: number): string {
  return `${absolute.format(fromMilliseconds)} to ${absoluteWords(toMilliseconds)}`;
}
