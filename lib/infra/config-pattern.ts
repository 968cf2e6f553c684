const maxPatternLength = 200;

/**
 * Says why a regular expression may not be used in the configuration, or null.
 * JavaScript's engine backtracks, and the texts come from requesters, so patterns whose time explodes are
 * refused: back-references, look-around, a repeated group that itself repeats or chooses, many open repeats.
 * What is left takes at most a polynomial number of steps on the few hundred characters a field may have.
 */
export function patternProblem(pattern: string, flags: "" | "u" = ""): string | null {
  if (pattern.length > maxPatternLength) return `the pattern is longer than ${maxPatternLength} characters`;
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    return `not a valid regular expression: ${error instanceof Error ? error.message : error}`;
  }
  return explosion(pattern.replace(/\\[^1-9k]/g, "e").replace(/\[(?:\\.|[^\]\\])*\]/g, "c"));
}

/** The pattern so that it must fit a whole text: as it is where it says so itself, else wrapped in `^(?:…)$`. */
export function wholePattern(pattern: string): string {
  return /^\^[^|]*(?<!\\)\$$/.test(pattern) ? pattern : `^(?:${pattern})$`;
}

/** `plain` is the pattern with escapes and character classes each replaced by one letter. */
function explosion(plain: string): string | null {
  if (/\\[1-9k]/.test(plain)) return "back-references are not allowed";
  if (/\(\?[=!<]/.test(plain)) return "look-around and named groups are not allowed";
  const groups: { branches: boolean }[] = [];
  for (let index = 0; index < plain.length; index++) {
    const character = plain[index];
    const group = groups.at(-1);
    if (character === "(") groups.push({ branches: false });
    else if (character === ")") {
      const closed = groups.pop();
      if (closed?.branches && repeats(plain.slice(index + 1))) {
        return "a group that is repeated must not itself repeat or choose; use a character class, as in [a-z-]+";
      }
      const outer = groups.at(-1);
      if (outer && closed?.branches) outer.branches = true;
    } else if (group && (character === "|" || quantified(plain, index))) group.branches = true;
  }
  const open = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const most = plain.startsWith("^") ? 4 : 3;
  if (open > most) return `more than ${most} open repeats (*, +, {n,m})`;
  return (plain.match(/\?/g)?.length ?? 0) > 12 ? "more than 12 question marks" : null;
}

function quantified(plain: string, index: number): boolean {
  if (plain[index] === "?") return plain[index - 1] !== "(";
  return /^(?:[*+]|\{\d+,\d*\})/.test(plain.slice(index));
}

function repeats(after: string): boolean {
  return /^(?:[*+]|\{\d+(?:,\d*)?\})/.test(after);
}
