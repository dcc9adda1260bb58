import { useState } from 'react';
import type { WireRejection, WireSource } from '../../../../src/api/wire.ts';
import { useEngineQuery } from '../../app/api.ts';
import type { Page } from '../../app/windowed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import styles from './sources.module.css';

const PAGE = 50;

/** The reason without the file and the line it begins with: they stand in columns of their own. */
function withoutPlace({ reason, source }: WireRejection): string {
  const end = reason.startsWith(source) ? reason.indexOf(': ') : -1;
  return end < 0 ? reason : reason.slice(end + 2);
}

interface RejectsProps {
  /** Only of this source; undefined for all. */
  readonly source: WireSource | undefined;
  readonly onAll: () => void;
}

/** Entries that could not be read, each with its place, its reason and the text as found. */
export function Rejects({ source, onAll }: RejectsProps) {
  const [limit, setLimit] = useState(PAGE);
  const rejects = useEngineQuery<Page<WireRejection>>(['rejects', source?.id, limit], (client, signal) =>
    client.sources.rejects({ source: source?.id, limit }, { signal }),
  );
  const rows = rejects.data?.rows ?? [];
  const total = rejects.data?.total ?? 0;
  return (
    <section aria-label="Rejected entries">
      <h2 className={styles.heading}>
        Rejected entries
        <span className={styles.quiet}>
          {source === undefined ? plural(total, 'entry', 'entries') : `${plural(total, 'entry', 'entries')} of ${source.name}`}
        </span>
        {source !== undefined && (
          <Button size="small" variant="ghost" onClick={onAll}>
            Show all
          </Button>
        )}
      </h2>
      {rejects.isError && <ErrorPanel error={rejects.error} onRetry={() => void rejects.refetch()} />}
      {rows.length > 0 && (
        <div className={styles.scroll}>
          <Table aria-label="Rejected entries">
            <thead>
              <tr>
                <th className={styles.source}>Source</th>
                <th data-fit="" data-number="">
                  Line
                </th>
                <th>Reason</th>
                <th>As found</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((reject, index) => (
                <tr key={`${reject.sourceId} ${reject.line} ${reject.offset} ${index}`}>
                  <td title={reject.source}>{reject.source}</td>
                  <td data-fit="" data-number="">
                    {reject.line === null ? '–' : formatCount(reject.line)}
                  </td>
                  <td title={reject.reason}>{withoutPlace(reject)}</td>
                  <td title={reject.excerpt}>
                    <code className={styles.excerpt}>{reject.excerpt}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {total > rows.length && rows.length < 1000 && (
        <p className={styles.more}>
          <Button size="small" onClick={() => setLimit(Math.min(1000, limit * 4))}>
            Show more
          </Button>
        </p>
      )}
    </section>
  );
}
