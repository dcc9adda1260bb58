import { Undo2 } from 'lucide-react';
import { STATUSES } from '../../../../../src/model/status.ts';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Select } from '../../../ui/field.tsx';
import { formatCount, humanise, plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { editWord } from './edit-mapping.ts';
import type { PartGroup } from './plan-groups.ts';
import { unknownWords } from './status-words.ts';
import type { StatusWord } from './status-words.ts';
import styles from './status-words.module.css';
import { forAll } from './use-edits.ts';
import type { Edits } from './use-edits.ts';

interface StatusWordsProps {
  readonly group: PartGroup;
  readonly words: readonly StatusWord[];
  readonly edits: Edits;
}

/** The words that the first entries use for their outcome, and what each is taken for. A word that nobody knows can be given a meaning. */
export function StatusWords({ group, words, edits }: StatusWordsProps) {
  if (words.length === 0) return undefined;
  const unknown = unknownWords(words);
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
