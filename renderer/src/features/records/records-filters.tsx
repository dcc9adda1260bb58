import type { WireWorkspaceInfo } from '../../../../src/api/wire.ts';
import { COMPLETENESS_STATES } from '../../../../src/model/completeness.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../../src/model/finding.ts';
import { JOURNEY_STATUSES } from '../../../../src/model/journey.ts';
import { useEngineQuery } from '../../app/api.ts';
import { recordsSearch } from '../../app/search-schemas.ts';
import type { RecordsSearch } from '../../app/search-schemas.ts';
import { Button } from '../../ui/button.tsx';
import { FilterInput } from '../../ui/field.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { humanise } from '../../ui/format.ts';
import { journeyTone } from '../../ui/severity.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { isFiltered, NO_FILTERS } from './filter.ts';

interface RecordsFiltersProps {
  readonly search: RecordsSearch;
  readonly info: WireWorkspaceInfo | undefined;
  readonly onChange: (patch: RecordsSearch) => void;
}

/** Text, type, status, finding, severity, system and completeness: what narrows the list, all of it in the address. */
export function RecordsFilters({ search, info, onChange }: RecordsFiltersProps) {
  const conflicts =
    useEngineQuery<{ total: number }>(['conflict-count'], (client, signal) => client.identity.conflicts({ limit: 1 }, { signal })).data
      ?.total ?? 0;
  // The menus hand back text; the schema of the address decides what it means.
  const set = (patch: Readonly<Record<string, string | undefined>>): void => {
    const parsed = recordsSearch.parse(patch);
    onChange(Object.fromEntries(Object.keys(patch).map((key) => [key, Reflect.get(parsed, key)])));
  };
  return (
    <>
      <FilterInput
        label="Filter records"
        placeholder="Identifier, or status:failed system:erp"
        value={search.q ?? ''}
        onChange={(q) => set({ q: q === '' ? undefined : q })}
      />
      <FilterMenu
        label="Type"
        value={search.type}
        onChange={(type) => set({ type })}
        choices={(info?.recordTypes ?? []).map(({ type, journeys }) => ({ value: type, label: humanise(type), count: journeys }))}
      />
      <FilterMenu
        label="Status"
        value={search.status}
        onChange={(status) => set({ status })}
        choices={JOURNEY_STATUSES.map((status) => ({
          value: status,
          label: humanise(status),
          mark: <ToneMark tone={journeyTone(status)} />,
        }))}
      />
      <FilterMenu
        label="Finding"
        value={search.finding}
        onChange={(finding) => set({ finding })}
        choices={Object.keys(FINDING_KINDS).map((kind) => ({ value: kind, label: humanise(kind) }))}
      />
      <FilterMenu
        label="Severity"
        value={search.severity}
        onChange={(severity) => set({ severity })}
        choices={SEVERITIES.toReversed().map((severity) => ({
          value: severity,
          label: humanise(severity),
          mark: <ToneMark tone={severity} />,
        }))}
      />
      <FilterMenu
        label="System"
        value={search.system}
        onChange={(system) => set({ system })}
        choices={(info?.coverage ?? []).map(({ system }) => ({ value: system, label: system }))}
      />
      <FilterMenu
        label="Completeness"
        value={search.completeness}
        onChange={(completeness) => set({ completeness })}
        choices={COMPLETENESS_STATES.map((state) => ({ value: state, label: humanise(state) }))}
      />
      {(conflicts > 0 || search.conflict !== undefined) && (
        <FilterMenu
          label="Conflict"
          value={search.conflict}
          any="With and without"
          onChange={(conflict) => set({ conflict })}
          choices={[
            { value: 'any', label: 'Any conflict', count: conflicts },
            { value: 'claimed', label: 'Claimed by several' },
            { value: 'reused', label: 'Number of several' },
          ]}
        />
      )}
      {isFiltered(search) && (
        <Button variant="ghost" size="small" onClick={() => onChange(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
    </>
  );
}
