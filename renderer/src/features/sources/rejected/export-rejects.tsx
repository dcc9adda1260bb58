import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Client } from '../../../../../src/api/client.ts';
import { useClient } from '../../../app/api.ts';
import { saveText } from '../../../app/save-text.ts';
import { Button } from '../../../ui/button.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { plural } from '../../../ui/format.ts';
import { Popover } from '../../../ui/popover.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import styles from './export-rejects.module.css';

type Format = 'ndjson' | 'csv';

interface ExportRejectsProps {
  readonly source: number | undefined;
  readonly code: string | undefined;
  readonly total: number;
}

/** Saves the rejected entries that are shown as a file for other programs. */
export function ExportRejects({ source, code, total }: ExportRejectsProps) {
  const client = useClient();
  const [format, setFormat] = useState<Format>('csv');
  const [bytes, setBytes] = useState(true);
  const save = useMutation({
    mutationFn: async () => saveText(`rejected-entries.${format}`, await allPieces(client, { source, code, format, bytes })),
  });
  return (
    <Popover
      label="Export"
      trigger={
        <Button size="small" disabled={total === 0}>
          Export
          <ChevronDown size={12} aria-hidden="true" />
        </Button>
      }
    >
      <div className={styles.form}>
        <Segments
          label="Format of the file"
          value={format}
          onChange={setFormat}
          choices={[
            { value: 'csv', label: 'CSV' },
            { value: 'ndjson', label: 'NDJSON' },
          ]}
        />
        <label>
          <input type="checkbox" checked={bytes} onChange={(event) => setBytes(event.target.checked)} />
          With the text of each entry
        </label>
        {save.isError && <ToneMark tone="critical">{errorText(save.error).message}</ToneMark>}
        <Button variant="primary" size="small" disabled={save.isPending} onClick={() => save.mutate()}>
          {save.isPending ? 'Saving' : `Save ${plural(total, 'entry', 'entries')}`}
        </Button>
      </div>
    </Popover>
  );
}

interface ExportWhat {
  readonly source: number | undefined;
  readonly code: string | undefined;
  readonly format: Format;
  readonly bytes: boolean;
}

async function allPieces(client: Client, what: ExportWhat): Promise<readonly string[]> {
  const pieces: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const piece: Awaited<ReturnType<Client['rejects']['export']>> = await client.rejects.export({ ...what, offset });
    pieces.push(piece.text);
    offset = piece.next;
  }
  return pieces;
}
