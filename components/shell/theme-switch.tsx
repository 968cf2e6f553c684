"use client";

import { type Theme, themeCookie, themes } from "#components/shell/theme.ts";
import { Seg } from "#components/ui/seg.tsx";

const yearSeconds = 31_536_000;
const labels: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

function apply(theme: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing outside https
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** System, light or dark; kept in a cookie, so that the server draws it right the next time. `ThemeSwitch({ theme })`. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  return (
    <Seg
      label="Theme"
      name="theme"
      defaultValue={theme}
      onValueChange={apply}
      options={themes.map((value) => ({ value, label: labels[value] }))}
    />
  );
}
