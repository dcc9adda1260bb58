import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useClient, useEngineQuery } from '../../app/api.ts';
import { keyCaps } from '../../app/keys.ts';
import { Page } from '../../app/page.tsx';
import { isMac } from '../../app/platform.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatMs, plural } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { cellText, isNumberColumn } from './cells.ts';
import styles from './sql.module.css';
import { Table } from '../../ui/table.tsx';
import { ViewsList } from './views-list.tsx';
import type { SqlView } from './views-list.tsx';

/** Rows asked for: what a plain table shows well. */
const LIMIT = 500;
const DRAFT_KEY = 'waybill.sql';

/** One read-only SELECT over the documented views. The draft survives leaving the page. */
export function SqlPage() {
  const client = useClient();
  const editor = useRef<HTMLTextAreaElement>(null);
  const [sql, setSql] = useState(() => sessionStorage.getItem(DRAFT_KEY) ?? '');
  const run = useMutation({ mutationFn: (text: string) => client.sql.run({ sql: text, limit: LIMIT }) });
  const views = useEngineQuery<SqlView[]>(['sql-views'], (engine, signal) => engine.sql.views(undefined, { signal }));

  const change = (text: string): void => {
    sessionStorage.setItem(DRAFT_KEY, text);
    setSql(text);
  };
  const insert = (word: string): void => {
    const area = editor.current;
    if (sql.trim() === '') change(`SELECT * FROM ${word} LIMIT 50`);
    else if (area !== null) change(sql.slice(0, area.selectionStart) + word + sql.slice(area.selectionEnd));
    area?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (sql.trim() !== '') run.mutate(sql);
  };

  return (
    <Page title="SQL" layout="fill" note="read-only, over the views on the left">
      <div className={styles.split}>
        <ViewsList views={views.data ?? []} onPick={insert} />
        <div className={styles.work}>
          <div className={styles.editor}>
            <textarea
              ref={editor}
              aria-label="SQL query"
              value={sql}
              onChange={(event) => change(event.target.value)}
              onKeyDown={onKeyDown}
              spellCheck={false}
              rows={6}
              placeholder="SELECT …"
            />
            <div className={styles.run}>
              <Button variant="primary" disabled={sql.trim() === '' || run.isPending} onClick={() => run.mutate(sql)}>
                Run
              </Button>
              <span className={styles.quiet}>
                {keyCaps('mod+Enter', isMac()).map((cap) => (
                  <Kbd key={cap}>{cap}</Kbd>
                ))}
              </span>
              {run.isPending && <Spinner label="Running" />}
              {run.data !== undefined && (
                <span className={styles.quiet} role="status">
                  {plural(run.data.rows.length, 'row')}
                  {run.data.truncated && ', more were left out'} · {formatMs(run.data.ms)}
                </span>
              )}
            </div>
          </div>
          <div className={styles.results} tabIndex={0} role="region" aria-label="Result">
            {run.isError && (
              <div className={styles.pad}>
                <ErrorPanel error={run.error} />
              </div>
            )}
            {run.isIdle && <Empty title="No result yet">Pick a view on the left or write a SELECT, then run it.</Empty>}
            {run.data !== undefined && !run.isError && <Results columns={run.data.columns} rows={run.data.rows} />}
          </div>
        </div>
      </div>
    </Page>
  );
}

function Results({ columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }) {
  const numbers = columns.map((_, at) => isNumberColumn(rows, at));
  return (
    <Table aria-label="Rows" className={styles.table}>
      <thead>
        <tr>
          {columns.map((column, at) => (
            <th key={`${at} ${column}`} data-number={numbers[at] ? '' : undefined}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, at) => {
              const text = cellText(value);
              return (
                <td key={at} data-number={numbers[at] ? '' : undefined} title={text.length > 24 ? text : undefined}>
                  {value === null ? <span className={styles.null}>null</span> : text}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
