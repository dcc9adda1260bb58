import { Link } from '@tanstack/react-router';
import type { WireImportSummary } from '../../../../src/api/wire.ts';
import { formatCount, formatMs, formatSpan } from '../../ui/format.ts';
import { ToneBadge, ToneMark } from '../../ui/severity-mark.tsx';
import { sharedFolder } from '../../ui/shared-folder.ts';
import { Table } from '../../ui/table.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './import.module.css';

/** What an import brought: the totals, each source, and what was refused. */
export function ImportSummary({ summary }: { readonly summary: WireImportSummary }) {
  const zone = useZone();
  const folder = sharedFolder(summary.sources.map((source) => source.name));
  const rejected = summary.sources.reduce((sum, source) => sum + source.rejected, 0);
  return (
    <>
      <ToneBadge
        tone={rejected > 0 || summary.refused.length > 0 ? 'warning' : 'fine'}
      >{`Imported in ${formatMs(summary.seconds * 1000)}`}</ToneBadge>
      <dl className={styles.numbers}>
        <Total label="Events" value={summary.events} />
        <Total label="Records" value={summary.records} />
        <Total label="Journeys" value={summary.journeys} to="/records" />
        <Total label="Findings" value={summary.findings} to="/findings" />
        <Total label="Rejected entries" value={rejected} to={rejected > 0 ? '/sources' : undefined} />
      </dl>
      <div className={styles.scroll}>
        <Table aria-label="Imported sources">
          <thead>
            <tr>
              <th>Source</th>
              <th data-fit="">Format</th>
              <th data-fit="">Profile</th>
              <th data-fit="" data-number="">
                Events
              </th>
              <th data-fit="" data-number="">
                Rejected
              </th>
              <th data-fit="" data-number="">
                Duplicates
              </th>
              <th data-fit="">Coverage</th>
              <th data-fit="">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {summary.sources.map((source) => (
              <tr key={`${source.sha256} ${source.name}`}>
                <td title={source.name}>{source.name.slice(folder.length)}</td>
                <td data-fit="">{source.format}</td>
                <td data-fit="">{source.profile}</td>
                <td data-fit="" data-number="">
                  {formatCount(source.events)}
                </td>
                <td data-fit="" data-number="">
                  {source.rejected === 0 ? '0' : <ToneMark tone="warning">{formatCount(source.rejected)}</ToneMark>}
                </td>
                <td data-fit="" data-number="">
                  {formatCount(source.duplicates)}
                </td>
                <td data-fit="">{formatSpan(source.coverage.from, source.coverage.to, zone)}</td>
                <td data-fit="">
                  <ToneMark tone={source.outcome === 'imported' ? 'fine' : source.outcome === 'known' ? 'info' : 'warning'}>
                    {source.outcome === 'known' ? 'Imported already' : source.outcome === 'imported' ? 'Imported' : 'Refused'}
                  </ToneMark>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {summary.refused.length > 0 && (
        <section aria-label="Refused files">
          <h2>Refused files</h2>
          <ul className={styles.refused}>
            {summary.refused.map((file) => (
              <li key={file.path}>
                <ToneMark tone="warning" title={file.path}>
                  {file.reason}
                </ToneMark>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Total({
  label,
  value,
  to,
}: {
  readonly label: string;
  readonly value: number;
  readonly to?: '/records' | '/findings' | '/sources';
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{to === undefined ? formatCount(value) : <Link to={to}>{formatCount(value)}</Link>}</dd>
    </div>
  );
}
