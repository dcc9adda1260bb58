import { useRef } from 'react';
import type { WireFinding, WireJourney } from '../../../../src/api/wire.ts';
import { JOURNEY_VIEWS, type JourneyView } from '../../app/search-schemas.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount, humanise, plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import tab from '../../ui/tab.module.css';
import styles from './journey-tabs.module.css';
import { groupFindings, type FindingGroup } from './model/finding-order.ts';
import { useSelection } from './selection.ts';

function counts(journey: WireJourney): Readonly<Record<JourneyView, string>> {
  const unequal = journey.state.filter((field) => !field.agree).length;
  return {
    graph: '',
    timeline: '',
    events: formatCount(journey.events),
    state: unequal > 0 ? `${unequal} ≠` : journey.state.length > 0 ? formatCount(journey.state.length) : '',
    payloads: '',
    identity: journey.conflicts.length > 0 ? plural(journey.conflicts.length, 'conflict') : '',
  };
}

/** The views of a journey as tabs, and its findings as chips that select. */
export function JourneyTabs({ journey, findings }: { readonly journey: WireJourney; readonly findings: readonly WireFinding[] }) {
  const { view, show } = useSelection();
  const list = useRef<HTMLDivElement>(null);
  const numbers = counts(journey);
  const onKey = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = JOURNEY_VIEWS[(JOURNEY_VIEWS.indexOf(view) + step + JOURNEY_VIEWS.length) % JOURNEY_VIEWS.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    show(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="tablist" aria-label="Views of this journey" ref={list}>
        {JOURNEY_VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={view === name}
            aria-controls="journey-view"
            tabIndex={view === name ? 0 : -1}
            className={cx(tab.tab, styles.tab, view === name && tab.chosen)}
            onClick={() => show(name)}
            onKeyDown={onKey}
          >
            {humanise(name)}
            {numbers[name] !== '' && <small>{numbers[name]}</small>}
          </button>
        ))}
      </div>
      <div className={styles.findings}>
        {groupFindings(findings).map((group) => (
          <GroupChip key={group.key} group={group} />
        ))}
      </div>
    </div>
  );
}

/** Selects the findings of a group one after the other. */
function GroupChip({ group }: { readonly group: FindingGroup }) {
  const { finding, selectFinding } = useSelection();
  const at = group.findings.findIndex((one) => one.id === finding);
  const next = group.findings[(at + 1) % group.findings.length];
  return (
    <button
      type="button"
      className={cx(styles.chip, at >= 0 && styles.chosen)}
      aria-pressed={at >= 0}
      onClick={() => {
        if (next !== undefined) selectFinding(next);
      }}
    >
      <ToneMark tone={group.severity}>{group.label}</ToneMark>
    </button>
  );
}
