import { FileInput } from 'lucide-react';
import { useWorkspaceInfo } from '../../app/api.ts';
import { Button } from '../../ui/button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { Spinner } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { Recent } from './recent.tsx';
import styles from './start.module.css';
import { useFilesButton } from './use-files-button.tsx';
import { useSample } from './use-sample.ts';

/** An empty workspace: what Waybill does, and the three ways to begin. */
export function Welcome() {
  const { choose, chooseFolder, input } = useFilesButton();
  const sample = useSample();
  const path = useWorkspaceInfo().data?.path;
  return (
    <div className={styles.welcome}>
      <div className={styles.hero}>
        <h1>What happened to this order?</h1>
        <p>
          Waybill rebuilds the journey of an order, a payment or any other record from log exports and payloads of the systems it went
          through, and shows where it retried, stalled or was lost, with the evidence for each claim. Everything stays on this machine.
        </p>
      </div>
      <section className={styles.dropzone} aria-label="Import">
        <FileInput size={28} strokeWidth={1.4} aria-hidden="true" />
        <p>
          <b>Drop log files, exports, archives or whole folders here</b>
        </p>
        <p className={styles.quiet}>
          Text logs, CSV, JSON, XML, EDI, HL7, traces, OCEL and XES, SQLite and Parquet; also in gzip, zstd, zip and tar. What they are is
          found out from their content.
        </p>
        <div className={styles.buttons}>
          <Button variant="primary" onClick={choose}>
            Choose files
          </Button>
          {chooseFolder !== undefined && <Button onClick={chooseFolder}>Choose a folder</Button>}
          <Button onClick={() => sample.mutate()} disabled={sample.isPending}>
            {sample.isPending && <Spinner label="Making sample data" />}
            Try with sample data
          </Button>
        </div>
        {sample.isError && <ToneMark tone="critical">{errorText(sample.error).message}</ToneMark>}
        {input}
      </section>
      <Recent current={path} />
    </div>
  );
}
