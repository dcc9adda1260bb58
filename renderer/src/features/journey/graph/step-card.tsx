import { Handle, Position, type NodeProps } from '@xyflow/react';
import { UnfoldHorizontal } from 'lucide-react';
import { memo } from 'react';
import type { Severity } from '../../../../../src/model/finding.ts';
import { cx } from '../../../ui/cx.ts';
import { plural } from '../../../ui/format.ts';
import { ToneShape } from '../../../ui/severity-mark.tsx';
import type { GraphNode } from '../model/graph-model.ts';
import type { CardNode } from './flow-types.ts';
import styles from './step-card.module.css';

const WORST_FIRST: readonly Severity[] = ['critical', 'warning', 'info'];

/** One card: the system as its edge, the step, how it went, attempts as a stack, its findings as marks. Absent steps are outlines. */
export const StepCard = memo(function StepCard({ data }: NodeProps<CardNode>) {
  const { node, colour, selected, concerned, entry, onOpen, onExpand } = data;
  const stacked = !node.first.absent && (node.attempts > node.steps.length || node.steps.length > 1);
  return (
    <div
      className={cx('nopan', styles.box, stacked && styles.stacked, selected && styles.selected, concerned && styles.concerned)}
      style={{ '--system': colour } as React.CSSProperties}
    >
      {/* Where React Flow holds on to; the lines themselves are routed by the layout. */}
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
      {stacked && <Stack count={Math.min(3, Math.max(node.attempts, node.steps.length))} />}
      <button
        type="button"
        tabIndex={entry ? 0 : -1}
        data-card={node.id}
        aria-label={node.spoken}
        aria-pressed={selected}
        title={`${node.first.system} · ${node.flow === undefined ? '' : `${node.flow} · `}${node.first.step}\n${node.spoken}`}
        className={cx(styles.card, node.first.absent && styles.ghost, node.first.absent && styles[node.first.absence ?? 'confirmed'])}
        onClick={(event) => {
          event.stopPropagation();
          onOpen(node.id);
        }}
      >
        {node.first.absent && <GhostOutline node={node} />}
        <span className={styles.name}>
          <span data-clip="">{node.name}</span>
          <Marks node={node} />
          {node.steps.length > 1 && <span className={styles.room} />}
        </span>
        <span className={styles.detail} data-tone={node.tone}>
          <ToneShape tone={node.tone} size={9} />
          <span data-clip="">{node.detail}</span>
        </span>
      </button>
      {node.steps.length > 1 && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.expand}
          aria-label={`Show ${node.steps.length} ${node.first.step} apart`}
          title={`Show all ${node.steps.length} apart (e)`}
          onClick={() => onExpand(node.id)}
        >
          <UnfoldHorizontal size={13} aria-hidden="true" />
        </button>
      )}
    </div>
  );
});

/** The sheets behind a card that was tried more than once. */
function Stack({ count }: { readonly count: number }) {
  return (
    <>
      {count > 2 && <span className={cx(styles.sheet, styles.last)} aria-hidden="true" />}
      <span className={cx(styles.sheet, styles.middle)} aria-hidden="true" />
    </>
  );
}

/** Findings by severity, each a shape, counted beyond one. A ghost is its own mark. */
function Marks({ node }: { readonly node: GraphNode }) {
  if (node.findings.length === 0 || node.first.absent) return undefined;
  return (
    <span className={styles.marks}>
      {WORST_FIRST.map((severity) => {
        const count = node.findings.filter((finding) => finding.severity === severity).length;
        if (count === 0) return undefined;
        return (
          <span
            key={severity}
            data-tone={severity}
            title={plural(count, severity === 'info' ? 'remark' : severity === 'warning' ? 'warning' : 'critical finding')}
          >
            <ToneShape tone={severity} size={10} />
            {count > 1 && <small>{count}</small>}
          </span>
        );
      })}
    </span>
  );
}

/** Dashed: confirmed missing. Hatched: nobody was looking. Dotted: may still come. */
function GhostOutline({ node }: { readonly node: GraphNode }) {
  const absence = node.first.absence ?? 'confirmed';
  const pattern = `hatch-${node.id}`;
  return (
    <svg className={styles.outline} aria-hidden="true">
      {absence === 'outside-coverage' && (
        <defs>
          <pattern id={pattern} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" stroke="currentColor" strokeWidth="1" opacity="0.4" />
          </pattern>
        </defs>
      )}
      <rect
        x="0.75"
        y="0.75"
        rx="6"
        style={{ width: 'calc(100% - 1.5px)', height: 'calc(100% - 1.5px)' }}
        fill={absence === 'outside-coverage' ? `url(#${pattern})` : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap={absence === 'still-open' ? 'round' : 'butt'}
        strokeDasharray={absence === 'confirmed' ? '5 4' : absence === 'still-open' ? '0.1 4' : undefined}
      />
    </svg>
  );
}
