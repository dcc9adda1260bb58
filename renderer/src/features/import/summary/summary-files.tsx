import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WireImportSummary, WireSource } from '../../../../../src/api/wire.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { FileName } from '../../../ui/file-name.tsx';
import { formatCount, formatSpan, formatTime } from '../../../ui/format.ts';
import type { Zone } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import type { Tone } from '../../../ui/severity.ts';
import { sharedFolder } from '../../../ui/shared-folder.ts';
import { VirtualGrid } from '../../../ui/virtual-grid.tsx';
import type { GridColumn } from '../../../ui/virtual-grid.tsx';
import { useZone } from '../../../ui/zone.ts';
import styles from './import-summary.module.css';

type SummarySource = WireImportSummary['sources'][number];

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', title: 'File', track: 'minmax(200px, 2fr)' },
  { id: 'outcome', title: 'Outcome', track: '130px' },
  { id: 'format', title: 'Format', track: '64px' },
  { id: 'profile', title: 'Profile', track: 'minmax(90px, 1fr)' },
  { id: 'coverage', title: 'From, to', track: '212px' },
  { id: 'new', title: 'New', track: '64px', align: 'end' },
  { id: 'known', title: 'Known', track: '64px', align: 'end' },
  { id: 'updated', title: 'Updated', track: '64px', align: 'end' },
  { id: 'rejected', title: 'Rejected', track: '68px', align: 'end' },
];

const OUTCOMES: Readonly<Record<SummarySource['outcome'], { readonly tone: Tone; readonly word: string }>> = {
  imported: { tone: 'fine', word: 'Imported' },
  known: { tone: 'info', word: 'Imported already' },
  refused: { tone: 'warning', word: 'Refused' },
};

/** Rows shown before the list scrolls by itself. */
const MOST_ROWS = 14;
const ROW = 28;

/** Each file of an import; one that was read leads to its source. */
export function SummaryFiles({ sources }: { readonly sources: readonly SummarySource[] }) {
  const zone = useZone();
  const navigate = useNavigate();
  const known = useEngineQuery<WireSource[]>(['sources'], (client, signal) => client.sources.list(undefined, { signal }));
  const folder = sharedFolder(sources.map((source) => source.name));
  const open = (index: number): void => {
    const sha256 = sources[index]?.sha256;
    const source = known.data?.find((one) => one.sha256 === sha256);
    if (source !== undefined) void navigate({ to: '/sources', search: { source: source.id } });
  };
  return (
    <section aria-label="Imported files" className={styles.files}>
      <div className={styles.grid} style={{ height: (Math.min(sources.length, MOST_ROWS) + 1) * ROW + 2 }}>
        <VirtualGrid
          label="Imported files"
          columns={COLUMNS}
          count={sources.length}
          least={980}
          placeKey="imported files"
          onRange={() => undefined}
          onOpen={open}
          cells={(index) => fileCells(sources[index], folder, zone)}
        />
      </div>
    </section>
  );
}

/** What the columns show of a file. */
function fileCells(source: SummarySource | undefined, folder: string, zone: Zone): readonly ReactNode[] | undefined {
  if (source === undefined) return undefined;
  const { tone, word } = OUTCOMES[source.outcome];
  return [
    <FileName key="name" name={source.name.slice(folder.length)} title={source.name} />,
    <ToneMark key="outcome" tone={tone}>
      {word}
    </ToneMark>,
    source.format,
    <span key="profile" title={source.profile}>
      {source.profile}
    </span>,
    source.coverage.from === null && source.coverage.to === null ? (
      <span key="coverage" className={styles.quiet}>
        –
      </span>
    ) : (
      <span key="coverage" title={formatSpan(source.coverage.from, source.coverage.to, zone)}>
        {shortSpan(source.coverage, zone)}
      </span>
    ),
    formatCount(source.new),
    <Quiet key="known" value={source.duplicates} />,
    <Quiet key="updated" value={source.updated} />,
    source.rejected === 0 ? (
      <Quiet key="rejected" value={0} />
    ) : (
      <ToneMark key="rejected" tone="warning">
        {formatCount(source.rejected)}
      </ToneMark>
    ),
  ];
}

/** Days, or the times of one day: the exact times stand in the title. */
function shortSpan({ from, to }: SummarySource['coverage'], zone: Zone): string {
  const first = formatTime(from, zone, 'date');
  const last = formatTime(to, zone, 'date');
  return first === last ? formatSpan(from, to, zone) : `${first} → ${last}`;
}

function Quiet({ value }: { readonly value: number }) {
  return <span className={value === 0 ? styles.quiet : undefined}>{formatCount(value)}</span>;
}
