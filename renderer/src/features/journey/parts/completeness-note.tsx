import type { WireCompletenessFactor, WireJourney } from '../../../../../src/api/wire.ts';
import { percentText } from '../../../../../src/model/completeness.ts';
import { buttonClass } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { plural } from '../../../ui/format.ts';
import { Popover } from '../../../ui/popover.tsx';
import { useSelection } from '../selection.ts';
import styles from './completeness-note.module.css';

const FACTORS = [
  { key: 'systems', short: 'systems', title: 'Other systems reached' },
  { key: 'fields', short: 'fields', title: 'Fields in agreement' },
  { key: 'times', short: 'on time', title: 'On time' },
] as const;

const MOST_LACKS = 8;

/** How complete the journey is: its three counts, and behind them what it lacks and what cannot be said. */
export function CompletenessNote({ journey }: { readonly journey: WireJourney }) {
  const { completeness } = journey;
  return (
    <Popover
      label="Completeness"
      trigger={
        <button type="button" className={cx(buttonClass('ghost', 'small'), styles.trigger)} title="what it lacks">
          Completeness <b>{completeness.share === null ? 'not known' : percentText(completeness.share)}</b>
          {FACTORS.map(({ key, short }) => (
            <Count key={key} factor={completeness[key]} of={short} />
          ))}
        </button>
      }
    >
      <div className={styles.factors}>
        {FACTORS.map(({ key, title }) => (
          <Factor key={key} title={title} factor={completeness[key]} journey={journey} />
        ))}
      </div>
    </Popover>
  );
}

/** `4/5 systems`; nothing where nothing is known. */
function Count({ factor: { met, of }, of: name }: { readonly factor: WireCompletenessFactor; readonly of: string }) {
  if (of === 0) return undefined;
  return (
    <span className={met < of ? styles.lacking : styles.whole}>
      {met}/{of} {name}
    </span>
  );
}

interface FactorProps {
  readonly title: string;
  readonly factor: WireCompletenessFactor;
  readonly journey: WireJourney;
}

function Factor({ title, factor, journey }: FactorProps) {
  const { met, of, unknown, lacks, undecided } = factor;
  return (
    <section className={styles.factor} aria-label={title}>
      <h3>{title}</h3>
      {unknown === null ? (
        <span className={styles.count}>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${(100 * met) / of}%` }} />
          </span>
          <span className={styles.of}>
            {met} of {of}
          </span>
        </span>
      ) : (
        <span className={styles.quiet}>not known</span>
      )}
      {unknown !== null && <p className={styles.quiet}>{sentence(unknown)}</p>}
      {lacks.length > 0 && <Lacks lacks={lacks} journey={journey} />}
      {undecided.length > 0 && (
        <p className={styles.quiet}>Not counted: {undecided.map(({ name, why }) => `${name} (${why})`).join('; ')}.</p>
      )}
    </section>
  );
}

function Lacks({ lacks, journey }: { readonly lacks: WireCompletenessFactor['lacks']; readonly journey: WireJourney }) {
  const { selectStep } = useSelection();
  return (
    <ul>
      {lacks.slice(0, MOST_LACKS).map(({ name, why, step }) => {
        const shown = step ?? ghostOf(journey, name);
        return (
          <li key={`${name} ${why}`}>
            {shown === undefined ? (
              <b>{name}</b>
            ) : (
              <button type="button" className={styles.link} title="show the step" onClick={() => selectStep(shown)}>
                {name}
              </button>
            )}{' '}
            {why}
          </li>
        );
      })}
      {lacks.length > MOST_LACKS && <li className={styles.quiet}>and {plural(lacks.length - MOST_LACKS, 'more', 'more')}</li>}
    </ul>
  );
}

/** The outline that is drawn for an absent step. */
function ghostOf({ steps }: WireJourney, name: string): string | undefined {
  return steps.find(({ absent, system, step }) => absent && `${system} ${step}` === name)?.id;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
