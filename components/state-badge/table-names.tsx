const namesShown = 3;

/** The names of a request's tables, below its title; of many the first few. `TableNames({ tables })`. */
export function TableNames({ tables }: { tables: readonly { name: string }[] }) {
  const names = tables.slice(0, namesShown).map(({ name }) => name);
  const more = tables.length - names.length;
  return (
    <div className="mono text-ink-2 [overflow-wrap:anywhere]">
      {names.join(", ")}
      {more > 0 ? ` and ${more} more` : null}
    </div>
  );
}
