import type { WireHop, WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { cx } from '../../../ui/cx.ts';
import { formatMs } from '../../../ui/format.ts';
import { useSelection } from '../selection.ts';
import styles from './arrivals.module.css';
import rows from './row.module.css';

/** How long the way took, and what is usual for it. */
function latencyText(hop: WireHop): string {
  if (hop.latencyMs === null) return '';
  const took = hop.latencyMs < 0 ? `${formatMs(-hop.latencyMs)} before its end` : `after ${formatMs(hop.latencyMs)}`;
  return hop.usualMs === null ? took : `${took}, usually ${formatMs(hop.usualMs.median)}`;
}

/** What a step came from, how long the way took, and why it is held to be its cause. */
export function Arrivals({ journey, step }: { readonly journey: WireJourney; readonly step: WireStep }) {
  const { selectStep } = useSelection();
  const hops = journey.hops.filter((hop) => hop.to === step.id);
  if (hops.length === 0) return undefined;
  return (
    <ul className={rows.rows} aria-label="Came from">
      {hops.slice(0, 5).map((hop) => {
        const from = journey.steps.find((one) => one.id === hop.from);
        if (from === undefined) return undefined;
        return (
          <li key={hop.from}>
            <button type="button" className={cx(rows.row, styles.row)} onClick={() => selectStep(from.id)} title={hop.why}>
              <span className={styles.from}>from</span>
              <span data-clip="">
                {from.system === step.system ? '' : `${from.system} · `}
                {from.step}
              </span>
              <span className={styles.why}>{[step.absent ? '' : latencyText(hop), hop.why].filter((part) => part !== '').join(' · ')}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
