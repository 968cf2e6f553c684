export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The cookie that keeps a reader's theme; the root layout reads it, so that the first paint is right. */
export const themeCookie = "theme";

/** The theme a cookie names; "system" for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
