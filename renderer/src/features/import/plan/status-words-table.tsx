import { Undo2 } from 'lucide-react';
import type { WireMapping } from '../../../../../src/api/wire.ts';
import { STATUSES } from '../../../../../src/model/status.ts';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Select } from '../../../ui/field.tsx';
import { formatCount, humanise, plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { editWord, fieldsAreFree } from './edit-mapping.ts';
import type { PartGroup } from './plan-groups.ts';
import { unknownWords } from './status-words.ts';
import type { StatusWord } from './status-words.ts';
import styles from './status-words.module.css';
import { forAll } from './use-edits.ts';
import type { Edits } from './use-edits.ts';

interface StatusWordsProps {
  readonly group: PartGroup;
  readonly mapping: WireMapping;
  readonly words: readonly StatusWord[];
  readonly edits: Edits;
}

/** The words that the first entries use for their outcome, and what each is taken for. A word that nobody knows can be given a meaning. */
export function StatusWords({ group, mapping, words, edits }: StatusWordsProps) {
  if (words.length === 0) return undefined;
  const unknown = unknownWords(words);
  const free = fieldsAreFree(mapping) && mapping.fields.some((field) => field.role === 'status');
  return (
    <section aria-label="Status words" className={styles.words}>
      <div className={styles.bar}>
        <h3>Status words</h3>
        {unknown > 0 && (
          <ToneMark tone="warning">
            {`${plural(unknown, 'word')} ${unknown === 1 ? 'is' : 'are'} not known; without a meaning ${unknown === 1 ? 'it counts' : 'they count'} as neither success nor failure`}
          </ToneMark>
        )}
      </div>
      <ul className={styles.list}>
        {words.map(({ word, status, said, count }) => (
          <li key={word} className={cx(status === 'unknown' && styles.unknown, said !== undefined && styles.changed)}>
            <span className={styles.word}>
              <code title={word}>{word}</code>
              {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
            </span>
            {free ? (
              <Select
                aria-label={`Meaning of ${word}`}
                value={status}
                onChange={(event) => {
                  const meaning = STATUSES.find((one) => one === event.target.value);
                  if (meaning !== undefined) edits.apply(group.parts, forAll(editWord(word, meaning)));
                }}
              >
                {STATUSES.map((one) => (
                  <option key={one} value={one}>
                    {one === 'unknown' ? 'Not known' : humanise(one)}
                  </option>
                ))}
              </Select>
            ) : (
              <span>{status === 'unknown' ? 'Not known' : humanise(status)}</span>
            )}
            {said !== undefined && (
              <IconButton
                label={`Undo the meaning of ${word}`}
                size="small"
                onClick={() => edits.apply(group.parts, forAll(editWord(word, undefined)))}
              >
                <Undo2 size={14} aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
