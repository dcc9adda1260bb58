import { isSettled } from '../../../../src/model/finding.ts';
import { lazy, Suspense, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { WireJourney } from '../../../../src/api/wire.ts';
import { useCommands, type Command } from '../../app/commands.ts';
import { useZone } from '../../ui/zone.ts';
import { IdentityTab } from './identity/identity-tab.tsx';
import { JourneyHead } from './journey-head.tsx';
import { JourneyTabs } from './journey-tabs.tsx';
import styles from './journey-view.module.css';
import { compareFindings } from './model/finding-order.ts';
import { hasCorrectedTimes, withRawTimes } from './model/raw-times.ts';
import { stripHeight } from './model/strip-size.ts';
import { summaryText } from './model/summary.ts';
import { useSelection } from './selection.ts';
import { SidePanel } from './side/side-panel.tsx';
import { EventsTab } from './tabs/events-tab.tsx';
import { PayloadsTab } from './tabs/payloads-tab.tsx';
import { StateTab } from './tabs/state-tab.tsx';
import { Waterfall } from './tabs/waterfall.tsx';

// The graph library is the heaviest part of the page: the other tabs do not wait for it.
const Graph = lazy(() => import('./graph/journey-graph.tsx').then((module) => ({ default: module.JourneyGraph })));

/** A journey that is there: head, tabs, the chosen view, and what is selected beside it. */
export function JourneyView({ journey: corrected }: { readonly journey: WireJourney }) {
  const selection = useSelection();
  const canBeRaw = hasCorrectedTimes(corrected);
  const journey = useMemo(() => (selection.raw ? withRawTimes(corrected) : corrected), [corrected, selection.raw]);
  const zone = useZone();
  const main = useRef<HTMLDivElement>(null);
  const height = useHeight(main);
  const findings = useMemo(() => journey.findings.toSorted(compareFindings), [journey]);
  // What is settled stays in the list of findings, and marks nothing any more.
  const standing = useMemo(() => ({ ...journey, findings: findings.filter(({ status }) => !isSettled(status)) }), [journey, findings]);

  const commands = useMemo<readonly Command[]>(() => {
    const next = (): void => {
      const at = findings.findIndex((finding) => finding.id === selection.finding);
      const finding = findings[(at + 1) % findings.length];
      if (finding !== undefined) selection.selectFinding(finding);
    };
    return [
      ...(findings.length === 0
        ? []
        : [{ id: 'journey-next-finding', title: 'Next finding of this journey', group: 'View' as const, keys: 'f', run: next }]),
      ...(canBeRaw
        ? [
            {
              id: 'journey-raw-times',
              title: 'Switch between corrected times and those of the sources',
              group: 'View' as const,
              keys: 't',
              run: () => selection.showRaw(!selection.raw),
            },
          ]
        : []),
      {
        id: 'journey-copy',
        title: 'Copy this journey as text',
        group: 'Do',
        run: () => void navigator.clipboard.writeText(summaryText(journey, zone)),
      },
      { id: 'journey-clear', title: 'Clear the selection', group: 'View', keys: 'Escape', run: selection.clear },
    ];
  }, [canBeRaw, findings, journey, selection, zone]);
  useCommands(commands);

  return (
    <div className={styles.page}>
      <JourneyHead journey={journey} />
      <JourneyTabs journey={standing} findings={standing.findings} />
      <div className={styles.body}>
        <div ref={main} className={styles.main} role="tabpanel" id="journey-view" aria-labelledby={`tab-${selection.view}`}>
          <CurrentView journey={standing} height={height} />
        </div>
        <SidePanel journey={journey} findings={findings} />
      </div>
    </div>
  );
}

function CurrentView({ journey, height }: { readonly journey: WireJourney; readonly height: number }) {
  const { view } = useSelection();
  const lanes = new Set(journey.steps.map((step) => step.system)).size;
  const strip = journey.startedAt === null ? 0 : stripHeight(height, lanes, journey.steps.length);
  switch (view) {
    case 'graph':
      return (
        <>
          <Suspense fallback={<div className={styles.loading} />}>
            <Graph journey={journey} key={`${journey.record.type} ${journey.record.key}`} />
          </Suspense>
          {strip > 0 && (
            <div className={styles.strip} style={{ height: strip }}>
              <Waterfall journey={journey} compact />
            </div>
          )}
        </>
      );
    case 'timeline':
      return <Waterfall journey={journey} />;
    case 'events':
      return <EventsTab journey={journey} />;
    case 'state':
      return <StateTab journey={journey} />;
    case 'payloads':
      return <PayloadsTab journey={journey} />;
    case 'identity':
      return <IdentityTab journey={journey} key={`${journey.record.type} ${journey.record.key}`} />;
  }
}

/** The height of an element in px, kept up to date. */
function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const observed = element.current;
    const observer = new ResizeObserver(() => setHeight(observed.clientHeight));
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
