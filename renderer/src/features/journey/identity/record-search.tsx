import { useState } from 'react';
import type { WireSearchHit } from '../../../../../src/api/wire.ts';
import type { SpelledIdentifier } from '../../../../../src/model/identity-decision.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { TypeChip } from '../../../ui/chip.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { FilterInput } from '../../../ui/field.tsx';
import styles from './identity.module.css';

const SHOWN = 12;

interface RecordSearchProps {
  /** The record itself, which is not offered. */
  readonly exclude: SpelledIdentifier;
  /** Only records of this type. */
  readonly type: string | undefined;
  readonly chosen: WireSearchHit | undefined;
  readonly onChoose: (hit: WireSearchHit) => void;
}

/** Finds a record by any of its identifiers; what is found are radio buttons. */
export function RecordSearch({ exclude, type, chosen, onChoose }: RecordSearchProps) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const hits = useEngineQuery<WireSearchHit[]>(
    ['search', wanted, SHOWN],
    (client, signal) => client.records.search({ text: wanted, limit: SHOWN }, { signal }),
    { enabled: wanted !== '' },
  );
  const found = wanted === '' ? [] : (hits.data ?? []);
  const offered = found.filter(
    (hit) => (type === undefined || hit.type === type) && !(hit.type === exclude.type && hit.key === exclude.value),
  );
  return (
    <div className={styles.search}>
      <FilterInput
        label={type === undefined ? 'Find a record' : `Find a record of type ${type}`}
        placeholder={type === undefined ? 'Any identifier, or a part of it' : `Any identifier of a record of type ${type}, or a part of it`}
        value={text}
        onChange={setText}
        width="100%"
      />
      <div className={styles.hits} role="radiogroup" aria-label="Records found">
        {offered.map((hit) => (
          <label key={`${hit.type} ${hit.key}`} className={styles.hit}>
            <input
              type="radio"
              name="other-record"
              checked={chosen !== undefined && chosen.type === hit.type && chosen.key === hit.key}
              onChange={() => onChoose(hit)}
            />
            <TypeChip type={hit.type} />
            <span data-mono="" data-clip="" title={hit.key}>
              {hit.key}
            </span>
            {hit.matched !== hit.key && (
              <span className={styles.quiet} data-mono="" data-clip="">
                {hit.matched}
              </span>
            )}
          </label>
        ))}
        {wanted !== '' && offered.length === 0 && !hits.isFetching && (
          <p className={styles.quiet}>{hits.isError ? errorText(hits.error).message : 'Nothing has this identifier. Try a part of it.'}</p>
        )}
      </div>
    </div>
  );
}
