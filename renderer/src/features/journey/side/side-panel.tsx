import { useEffect, useRef } from 'react';
import type { WireFinding, WireJourney } from '../../../../../src/api/wire.ts';
import { eventOfStep, useSelection } from '../selection.ts';
import { Detail } from './detail.tsx';
import { FindingList } from './finding-list.tsx';
import styles from './side-panel.module.css';

/** Beside every view: what is wrong, and everything about what is selected. */
export function SidePanel({ journey, findings }: { readonly journey: WireJourney; readonly findings: readonly WireFinding[] }) {
  const selection = useSelection();
  const finding = findings.find((one) => one.id === selection.finding);
  // What opens first is what one would click first: the worst finding, and its strongest evidence.
  const about = selection.step === undefined ? findings[0] : findings.find((one) => one.steps.includes(selection.step ?? ''));
  const shown = finding ?? (selection.event === undefined || selection.step !== undefined ? about : undefined);
  const event =
    selection.event ?? (selection.step === undefined ? undefined : eventOfStep(journey, selection.step)) ?? shown?.evidence[0]?.event;
  const step =
    journey.steps.find((one) => one.id === selection.step) ??
    journey.steps.find((one) => one.attempts.some((attempt) => attempt.events.includes(event ?? -1)));
  const scroller = useRef<HTMLElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A selection made elsewhere must be seen here, even below a long list of findings.
    if (selection.step === undefined || selection.finding !== undefined || scroller.current === null || detail.current === null) return;
    const below = detail.current.offsetTop - scroller.current.scrollTop;
    if (below > scroller.current.clientHeight * 0.6 || below < 0)
      scroller.current.scrollTop = detail.current.offsetTop - scroller.current.clientHeight * 0.3;
  }, [selection.step, selection.finding]);
  return (
    <aside ref={scroller} className={styles.side} aria-label="Findings and evidence" tabIndex={0}>
      <FindingList findings={findings} open={shown} event={event} />
      <div ref={detail}>
        <Detail journey={journey} step={step} event={event} />
      </div>
    </aside>
  );
}
