import { useEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { WireJourney } from '../../../../../src/api/wire.ts';
import { cx } from '../../../ui/cx.ts';
import { Empty } from '../../../ui/empty.tsx';
import { formatMs, formatTime, humanise, plural } from '../../../ui/format.ts';
import { statusTone } from '../../../ui/severity.ts';
import { ToneShape } from '../../../ui/severity-mark.tsx';
import { useSystemColour } from '../../../ui/system-colour.tsx';
import { useZone } from '../../../ui/zone.ts';
import { worstStep } from '../model/finding-order.ts';
import { absenceText, absenceTone } from '../model/graph-model.ts';
import { msIso } from '../model/iso.ts';
import { waterfall, type Bar, type WaterfallRow } from '../model/waterfall-model.ts';
import { useSelection } from '../selection.ts';
import styles from './waterfall.module.css';

const ROW = 22;
const COMPACT_ROW = 18;
const MAX_INDENT = 60;

/** Steps in causal order as bars over time, an attempt a bar, with the breaks of the graph. `compact` is the strip below the graph. */
export function Waterfall({ journey, compact = false }: { readonly journey: WireJourney; readonly compact?: boolean }) {
  const model = useMemo(() => waterfall(journey), [journey]);
  const { step: selected, selectStep } = useSelection();
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | undefined>(undefined);
  const height = compact ? COMPACT_ROW : ROW;
  const virtual = useVirtualizer({
    count: model.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  const current = model.rows.findIndex((row) => row.step.id === selected);
  // Without a selection it begins where the graph does: at what the worst finding is about.
  const shown = useMemo(() => {
    const step = selected ?? worstStep(journey)?.id;
    return model.rows.findIndex((row) => row.step.id === step);
  }, [journey, model, selected]);
  useEffect(() => {
    if (shown >= 0) virtual.scrollToIndex(shown, { align: 'auto' });
  }, [shown, virtual]);
  if (model.scale.parts.length === 0) {
    return compact ? undefined : (
      <Empty title="No times">
        The sources of this journey tell no times, so there is nothing to draw over time. The graph shows the order.
      </Empty>
    );
  }
  const entry = focused ?? (current >= 0 ? current : 0);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const next = Math.min(model.rows.length - 1, Math.max(0, entry + step));
    event.preventDefault();
    setFocused(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  return (
    <section className={cx(styles.waterfall, compact && styles.compact)} aria-label="Timeline">
      <Axis journey={journey} model={model} />
      <div ref={scroller} className={styles.scroll}>
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          <div className={styles.grid} aria-hidden="true">
            {model.scale.breaks.map((idle) => (
              <span key={idle.from} className={styles.break} style={{ left: `${idle.left * 100}%`, width: `${idle.width * 100}%` }} />
            ))}
          </div>
          {virtual.getVirtualItems().map((item) => {
            const row = model.rows[item.index];
            return row === undefined ? undefined : (
              <Row
                key={row.step.id}
                row={row}
                index={item.index}
                top={item.start}
                height={height}
                selected={row.step.id === selected}
                entry={item.index === entry}
                onSelect={() => selectStep(row.step.id)}
                onKeyDown={onKeyDown}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

function Axis({ journey, model }: { readonly journey: WireJourney; readonly model: ReturnType<typeof waterfall> }) {
  const zone = useZone();
  const parts = model.scale.parts;
  // Within a few seconds the fraction is what differs.
  const digits = (parts.at(-1)?.to ?? 0) - (parts[0]?.from ?? 0) < 10_000 ? 12 : 8;
  const time = (ms: number): string => formatTime(msIso(ms), zone, 'time').slice(0, digits);
  return (
    <div className={styles.axis} aria-hidden="true">
      <span className={styles.caption}>{plural(journey.steps.filter((step) => !step.absent).length, 'step')}</span>
      <div className={styles.marks}>
        {model.scale.parts.map((part) => (
          <span
            key={part.from}
            style={{ left: `${part.left * 100}%`, maxWidth: `${part.width * 100}%` }}
            title={`${formatTime(msIso(part.from), zone)} to ${formatTime(msIso(part.to), zone)}`}
          >
            {part.width < 0.08 ? '' : part.to > part.from && part.width > 0.22 ? `${time(part.from)} – ${time(part.to)}` : time(part.from)}
          </span>
        ))}
        {model.scale.breaks.map((idle) => (
          <b
            key={idle.from}
            style={{ left: `${(idle.left + idle.width / 2) * 100}%` }}
            title={`idle from ${formatTime(msIso(idle.from), zone)} to ${formatTime(msIso(idle.to), zone)}`}
          >
            {formatMs(idle.to - idle.from)}
          </b>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: WaterfallRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly entry: boolean;
  readonly onSelect: () => void;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
}

function Row({ row, index, top, height, selected, entry, onSelect, onKeyDown }: RowProps) {
  const zone = useZone();
  const colour = useSystemColour()(row.step.system);
  const { step } = row;
  const tone = step.absent ? absenceTone(step) : statusTone(step.status);
  const state = step.absent ? absenceText(step, zone) : humanise(step.status).toLowerCase();
  const took = step.durationMs === null || step.durationMs === 0 ? '' : formatMs(step.durationMs);
  const spoken = [`${step.system} ${step.step}`, state, took, step.attempts.length > 1 ? plural(step.attempts.length, 'attempt') : '']
    .filter((part) => part !== '')
    .join(', ');
  return (
    <button
      type="button"
      data-row={index}
      tabIndex={entry ? 0 : -1}
      aria-pressed={selected}
      aria-label={spoken}
      title={spoken}
      className={cx(styles.row, selected && styles.selected)}
      style={{ transform: `translateY(${top}px)`, height, '--system': colour } as React.CSSProperties}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <span className={styles.name}>
        <span className={styles.dot} style={{ marginLeft: Math.min(MAX_INDENT, row.depth * 10) }} />
        <span data-clip="">{step.step}</span>
        {(tone === 'critical' || tone === 'warning') && (
          <span className={styles[tone]}>
            <ToneShape tone={tone} size={9} />
          </span>
        )}
      </span>
      <span className={styles.track}>
        {row.bars.map((bar, at) => (
          <BarMark key={`${bar.left} ${at}`} bar={bar} label={at === row.bars.length - 1 ? took : ''} />
        ))}
        {row.ghost !== undefined && (
          <span
            className={cx(styles.ghost, styles[step.absence ?? 'confirmed'])}
            style={{ left: `${row.ghost.left * 100}%`, width: `${row.ghost.width * 100}%` }}
          />
        )}
      </span>
    </button>
  );
}

function BarMark({ bar, label }: { readonly bar: Bar; readonly label: string }) {
  const bad = bar.tone === 'critical' || bar.tone === 'warning';
  return (
    <>
      <span
        className={cx(styles.bar, bad && styles[bar.tone], bar.retried && styles.retried)}
        style={{ left: `${bar.left * 100}%`, width: `max(3px, ${bar.width * 100}%)` }}
      />
      {label !== '' && (
        <span className={styles.took} style={{ left: `calc(max(3px, ${bar.width * 100}%) + ${bar.left * 100}% + 6px)` }}>
          {label}
        </span>
      )}
    </>
  );
}
