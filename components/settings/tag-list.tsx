/** Tags as `key = value`. `TagList({ tags, none })`; `none` is said where there are none. */
export function TagList({ tags, none }: { tags: Readonly<Record<string, string>>; none: string }) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return none;
  return (
    <ul>
      {entries.map(([key, value]) => (
        <li key={key}>
          <code>
            {key} = {value}
          </code>
        </li>
      ))}
    </ul>
  );
}
