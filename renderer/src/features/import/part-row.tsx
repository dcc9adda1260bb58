import { ChevronRight } from 'lucide-react';
import type { WireMapping, WirePlanPart } from '../../../../src/api/wire.ts';
import { SystemChip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';
import { formatBytes } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { ConfidenceBar } from './confidence-bar.tsx';
import styles from './import.module.css';
import { PartDetail } from './part-detail.tsx';

interface PartRowProps {
  readonly plan: string;
  readonly part: WirePlanPart;
  /** Common beginning of all names, left out. */
  readonly folder: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly included: boolean;
  readonly onInclude: (included: boolean) => void;
  readonly onChange: (mapping: WireMapping) => void;
}

/** One stream of the import: a line, and below it, when opened, its fields and first events. */
export function PartRow({ plan, part, folder, open, onOpen, included, onInclude, onChange }: PartRowProps) {
  const { mapping } = part;
  const ready = part.outcome === 'ready';
  return (
    <section aria-label={part.name} className={cx(styles.part, open && styles.partOpen)}>
      <div className={cx(styles.partLine, !(ready && included) && styles.dim)}>
        <input
          type="checkbox"
          aria-label={`Import ${part.name}`}
          checked={ready && included}
          disabled={!ready}
          onChange={(event) => onInclude(event.target.checked)}
        />
        <button
          type="button"
          className={styles.disclose}
          aria-expanded={open}
          title={part.path}
          disabled={mapping === null}
          onClick={() => onOpen(!open)}
        >
          <ChevronRight size={14} aria-hidden="true" />
          <span className={styles.name}>{part.name.slice(folder.length)}</span>
        </button>
        {ready && mapping !== null ? (
          <>
            <span title={part.formatReason}>{part.format}</span>
            <span data-clip="" title={`${mapping.title}: ${mapping.reason}`}>
              {mapping.profile}
            </span>
            <span title={mapping.systemReason}>
              <SystemChip system={mapping.system} />
            </span>
            <span data-clip="" title={mapping.zoneReason}>
              {mapping.zone}
            </span>
            <span className={styles.end}>{part.bytes === null ? '–' : formatBytes(part.bytes)}</span>
            <span className={styles.end}>
              <ConfidenceBar confidence={mapping.confidence} reason={mapping.reason} />
            </span>
          </>
        ) : (
          <span className={styles.outcome}>
            <ToneMark tone={part.outcome === 'refused' ? 'warning' : 'info'} title={part.reason}>
              {part.reason}
            </ToneMark>
          </span>
        )}
      </div>
      {open && mapping !== null && <PartDetail plan={plan} part={part} mapping={mapping} onChange={onChange} />}
    </section>
  );
}
