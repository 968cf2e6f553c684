import { plainOptions } from "#components/form/filter-options.ts";
import { FilterSelect } from "#components/form/filter-select.tsx";

type PlaceFiltersProps = {
  environments: readonly string[];
  projects: readonly string[];
  /** What is chosen. */
  filters: { environment?: string; project?: string };
};

/** The selects of a list that is narrowed by where. `PlaceFilters({ environments, projects, filters })`. */
export function PlaceFilters({ environments, projects, filters }: PlaceFiltersProps) {
  return (
    <>
      <FilterSelect
        name="environment"
        label="Environment"
        options={plainOptions(environments)}
        defaultValue={filters.environment}
      />
      <FilterSelect
        name="project"
        label="Project"
        options={plainOptions(projects)}
        defaultValue={filters.project}
      />
    </>
  );
}
