import { useState } from 'react';
import type { WireEventDetail, WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { cx } from '../../../ui/cx.ts';
import { errorText } from '../../../ui/error-text.ts';
import { Skeleton } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { useZone } from '../../../ui/zone.ts';
import tab from '../../../ui/tab.module.css';
import { absenceText, absenceTone } from '../model/graph-model.ts';
import { Arrivals } from './arrivals.tsx';
import { Attempts } from './attempts.tsx';
import styles from './detail.module.css';
import { Fields } from './fields.tsx';
import { Payload } from './payload.tsx';
import { Raw } from './raw.tsx';

const PARTS = ['Fields', 'Payload', 'Raw'] as const;
type Part = (typeof PARTS)[number];

interface DetailProps {
  readonly journey: WireJourney;
  readonly step: WireStep | undefined;
  readonly event: number | undefined;
}

/** Everything about the selected step and event: attempts, what was understood, the payload, the bytes. */
export function Detail({ journey, step, event }: DetailProps) {
  const zone = useZone();
  if (step === undefined && event === undefined) {
    return <p className={styles.hint}>Select a step to see what was understood of it, its payload and the bytes it came from.</p>;
  }
  const title = step === undefined ? undefined : `${step.system} · ${step.flow === null ? '' : `${step.flow} · `}${step.step}`;
  return (
    <section className={styles.detail} aria-label={title ?? 'Selected event'}>
      {step !== undefined && (
        <>
          <h2 title={title}>{title}</h2>
          {step.absent ? (
            <div className={styles.absent}>
              <ToneMark tone={absenceTone(step)}>{absenceText(step, zone)}</ToneMark>
            </div>
          ) : (
            <Attempts step={step} event={event} />
          )}
          <Arrivals journey={journey} step={step} />
        </>
      )}
      {event !== undefined && step?.absent !== true && <EventDetail id={event} isNamed={step !== undefined} />}
    </section>
  );
}

/** `isNamed`: the step above says already what the event is. */
function EventDetail({ id, isNamed }: { readonly id: number; readonly isNamed: boolean }) {
  const [part, setPart] = useState<Part>('Fields');
  const query = useEngineQuery(['event', id], (client, signal) => client.events.get({ id }, { signal }));
  const title = query.data === undefined ? '' : [query.data.system, query.data.flow, query.data.step].filter(Boolean).join(' · ');
  return (
    <>
      {!isNamed && <h2 title={title}>{title}</h2>}
      <div className={styles.parts} role="group" aria-label="Parts of the event">
        {PARTS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={part === name}
            className={cx(tab.tab, styles.part, part === name && tab.chosen)}
            onClick={() => setPart(name)}
          >
            {name}
          </button>
        ))}
      </div>
      {query.data !== undefined ? (
        <EventPart part={part} event={query.data} />
      ) : query.isError ? (
        <ToneMark tone="critical">{errorText(query.error).message}</ToneMark>
      ) : (
        <div className={styles.wait} aria-busy="true">
          <Skeleton width="72%" />
          <Skeleton width="54%" />
          <Skeleton width="64%" />
        </div>
      )}
    </>
  );
}

function EventPart({ part, event }: { readonly part: Part; readonly event: WireEventDetail }) {
  switch (part) {
    case 'Fields':
      return <Fields event={event} />;
    case 'Payload':
      return <Payload value={event.payload} key={event.id} />;
    case 'Raw':
      return <Raw event={event} />;
  }
}
